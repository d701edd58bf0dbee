"""The guide: topics with answers, facets and sources, read from `data/guide`, and the replies composed from them."""

from assistant.guide.compose import (
    Choice,
    Reply,
    beside,
    choices,
    cite,
    compose,
    details,
    fill,
    leading_first,
    plain,
    together,
    with_one_more,
)
from assistant.guide.library import Guide, load
from assistant.guide.schema import Facet, Lexicon, Source, Topic

__all__ = [
    "Choice",
    "Facet",
    "Guide",
    "Lexicon",
    "Reply",
    "Source",
    "Topic",
    "beside",
    "choices",
    "cite",
    "compose",
    "details",
    "fill",
    "leading_first",
    "load",
    "plain",
    "together",
    "with_one_more",
]
