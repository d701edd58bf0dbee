"""The guide: topics with answers, facets and sources, read from `data/guide`, and the replies composed from them."""

from assistant.guide.compose import (
    AUDIENCE,
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
from assistant.guide.schema import Aspect, Facet, Lexicon, Source, Topic

__all__ = [
    "AUDIENCE",
    "Aspect",
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
