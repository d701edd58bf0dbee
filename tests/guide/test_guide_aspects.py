"""Which aspects of a topic are said: named and not denied, for whom they hold, two beside kindness."""

from dataclasses import replace

import pytest

from assistant import site
from assistant.guide import compose, load
from assistant.guide.schema import Aspect

TOPIC, OTHER = "what", "how_long"


def _asked(guide, aspects, asked, topic=OTHER, **facets):
    """Return the paragraphs of the answer to `topic`, which has `aspects` and no others."""
    own = guide.topics[topic].copy(update={"aspects": [Aspect(**aspect) for aspect in aspects]})
    library = replace(guide, topics={**guide.topics, topic: own})
    return compose(library, topic, facets, {"contact": "us"}, asked=asked).text.split("\n\n")


def _aspect(cue, **more):
    return {"cues": [cue], "text": f"About {cue}.", **more}


def test_an_aspect_that_is_named_is_answered_first_with_its_sources(guide):
    reply = compose(guide, "how_long", {}, {}, asked="Is it FOR GOOD, or not?")
    assert reply.text == "Yes, for good.\n\nIt lasts for years."
    assert [source["title"] for source in reply.sources] == ["All about beads", "Beads"]


@pytest.mark.parametrize("asked", ["", "is it for goodness", "forgood", "good for", "for a good"])
def test_an_aspect_that_is_not_named_as_whole_words_is_left_out(guide, asked):
    assert compose(guide, "how_long", {}, {}, asked=asked).text == "It lasts for years."


@pytest.mark.parametrize("asked", ["İ won’t pop", "it WON'T  pop!", "Won't-pop"])
def test_a_cue_is_found_whatever_its_case_apostrophe_and_space(guide, asked):
    assert _asked(guide, [_aspect("won't pop")], asked)[0] == "About won't pop."


# ---------------------------------------------------------------- how many


def test_two_aspects_are_said_in_the_order_of_the_topic(guide):
    aspects = [_aspect("red"), _aspect("blue"), _aspect("green")]
    assert _asked(guide, aspects, "green, blue or red")[:-1] == ["About red.", "About blue."]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_line_of_kindness_is_none_of_the_two(guide, place):
    aspects = [_aspect("red"), _aspect("blue")]
    aspects.insert(place, _aspect("scared", comforts=True))
    said = _asked(guide, aspects, "scared of red and blue")
    assert said[:-1] == [f"About {aspect['cues'][0]}." for aspect in aspects]


def test_one_line_of_kindness_is_enough(guide):
    aspects = [_aspect("scared", comforts=True), _aspect("ashamed", comforts=True)]
    assert _asked(guide, aspects, "scared and ashamed")[:-1] == ["About scared."]


# ---------------------------------------------------------------- for whom


def test_an_aspect_is_said_to_grown_ups_with_an_answer_of_their_own(guide):
    assert _asked(guide, [_aspect("red")], "red", TOPIC, audience="adult") == [
        "About red.",
        "**For an adult:** You may wear them.",
    ]


def test_an_aspect_that_holds_for_somebody_is_said_beside_their_own_answer_and_to_everybody_else(guide):
    aspects = [_aspect("red", also_for=["child"])]
    assert _asked(guide, aspects, "red", TOPIC, audience="child")[0] == "About red."
    assert _asked(guide, aspects, "red", TOPIC)[0] == "About red."


def test_an_aspect_that_is_written_for_somebody_is_said_to_them_alone(guide):
    aspects = [_aspect("red", only_for=["child"])]
    assert _asked(guide, aspects, "red", TOPIC, audience="child")[0] == "About red."
    assert "About red." not in _asked(guide, aspects, "red", TOPIC)
    assert "About red." not in _asked(guide, aspects, "red", TOPIC, audience="baby")


# ---------------------------------------------------------------- denied


@pytest.mark.parametrize(
    ("cue", "asked"),
    [
        ("sore", "it's not sore"),
        ("pus", "there is no pus in it"),
        ("itch", "it doesn’t itch"),
        ("itch", "doesnt itch at all"),
        ("bled", "It has never bled."),
        ("sore", "isn't it odd? It is not at all sore"),
        ("itch", "no pain, pus or itch"),
        ("sore", "it's not sore, is it milia?"),
        ("sore", "is it milia if it isn't sore"),
        ("worried", "I'm not worried about it"),
    ],
)
def test_what_is_denied_is_not_answered(guide, cue, asked):
    assert _asked(guide, [_aspect(cue)], asked) == ["It lasts for years."]


@pytest.mark.parametrize(
    ("cue", "asked"),
    [
        ("sore", "sore"),
        ("sore", "It is sore, not red."),
        ("sore", "It was not sore at first. Now it is sore."),
        ("won't pop", "it won't pop"),
        ("cancer", "isn't it cancer"),
        ("cancer", "it's not cancer, right?"),
        ("cancer", "I'm not sure if it's cancer"),
        ("contagious", "so it's not contagious"),
        ("a scar", "I don't want a scar"),
        ("a scar", "can it be done without a scar"),
        ("squeeze", "my doctor told me not to squeeze"),
        ("cancer", "what if it's not milia but cancer"),
    ],
)
def test_what_is_asked_or_wished_is_answered_though_a_word_of_denial_stands_by_it(guide, cue, asked):
    assert _asked(guide, [_aspect(cue)], asked)[0] == f"About {cue}."


# ---------------------------------------------------------------- the project's own


@pytest.mark.parametrize(
    ("topic", "who", "asked", "said"),
    [
        ("treatment_options", "child", "does he have to be put to sleep for it", "putting a child to sleep"),
        ("retinoids_safety", "pregnancy", "is bakuchiol ok then", "bakuchiol"),
        ("product_recommendation", "breastfeeding", "is bakuchiol ok then", "bakuchiol"),
        ("identify_milia", "baby", "his bumps look yellow", "white to pale yellow"),
        ("self_extraction", "baby", "nothing came out of it", "no opening"),
    ],
)
def test_what_holds_for_somebody_is_said_beside_their_own_answer(topic, who, asked, said):
    guide = load()
    first, own = compose(guide, topic, {"audience": who}, site.load().words, asked=asked).text.split("\n\n")[:2]
    assert said in first
    assert own.startswith(f"**{guide.says('audience', who)}:**")


def test_no_baby_is_told_of_a_grown_ups_treatment_by_an_aspect():
    guide = load()
    for topic in guide.topics.values():
        own = topic.facets.get("audience", {}).get("baby")
        for aspect in topic.aspects if own and own.instead else ():
            text = compose(guide, topic.id, {"audience": "baby"}, site.load().words, asked=aspect.cues[0]).text
            for word in ("In adults", "take it out", "taken out", "tretinoin", "a laser"):
                assert word in own.text or word not in text, (topic.id, aspect.cues[0])
