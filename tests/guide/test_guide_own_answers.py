"""Where a text stands instead of the answer for a baby, a child or in pregnancy, nothing general is said beside it."""

from dataclasses import replace

import pytest

from assistant import site
from assistant.guide import compose, details, load, plain, with_one_more

WORDS = {"contact": "our team"}
BEADS = "data/guide/beads.yml"
CHILD = "**For a child:** A child may play with big ones."
HAND = {"body_area": "hand"}
ROLLS = "On the hand it rolls."


@pytest.fixture
def marked(project):
    """The small guide with a text on the hand that holds for a child, too."""
    project.break_(
        BEADS, "          text: On the hand it rolls.\n", f"          text: {ROLLS}\n          also_for: [child]\n"
    )
    return project.guide()


def test_what_is_written_for_everybody_is_not_added(guide):
    reply = compose(guide, "what", {**HAND, "audience": "child"}, WORDS)
    assert reply.text == CHILD
    assert reply.assumed == {"audience": "child"}
    assert [source["title"] for source in reply.sources] == ["Beads"]


def test_what_holds_for_them_is_added(marked):
    reply = compose(marked, "what", {**HAND, "audience": "child"}, WORDS)
    assert reply.text == f"{CHILD}\n\n**On the hand:** {ROLLS}"
    assert reply.assumed == {**HAND, "audience": "child"}


@pytest.mark.parametrize("who", ["adult", "baby", None])
def test_it_is_added_to_the_answer_of_grown_ups_and_where_nothing_stands_instead(guide, who):
    facets = {**HAND, "audience": who} if who else HAND
    assert ROLLS in compose(guide, "what", facets, WORDS).text


def test_another_text_that_stands_instead_gives_way(guide):
    topic = guide.topics["what"]
    instead = {"hand": topic.facets["body_area"]["hand"].copy(update={"instead": True})}
    other = topic.copy(update={"facets": {**topic.facets, "body_area": instead}})
    library = replace(guide, topics={**guide.topics, "what": other})
    assert compose(library, "what", {**HAND, "audience": "child"}, WORDS).text == CHILD
    assert ROLLS not in details(library, "what", {**HAND, "audience": "child"}, WORDS).text


def test_the_plain_wording_adds_nothing_for_everybody_either(guide):
    assert plain(guide, "what", {**HAND, "audience": "child"}, WORDS).text == f"It is a small, hard thing.\n\n{CHILD}"


def test_a_second_value_that_is_named_is_not_added(guide):
    reply = compose(guide, "what", {"audience": "child"}, WORDS)
    assert with_one_more(guide, reply, "what", [HAND], WORDS) == reply


def test_a_second_value_that_is_named_is_added_where_it_holds_for_them(marked):
    reply = compose(marked, "what", {"audience": "child"}, WORDS)
    assert with_one_more(marked, reply, "what", [HAND], WORDS).text == f"{CHILD}\n\n**On the hand:** {ROLLS}"


@pytest.mark.parametrize(
    ("topic", "facets", "never"),
    [
        ("product_recommendation", {"product_type": "moisturizer"}, "gel"),
        ("home_remedies", {"treatment": "coconut_oil"}, "lighter product"),
        ("product_types_cause", {"product_type": "eye_cream"}, "gel"),
        ("duration", {"body_area": "eyelid"}, "stay until they are removed"),
        ("energy_treatments", {"treatment": "laser"}, "in one visit"),
    ],
)
def test_a_baby_is_advised_no_product_and_no_treatment_of_grown_ups(topic, facets, never):
    words, guide = site.load().words, load()
    assert never in compose(guide, topic, facets, words).text
    ((name, value),) = facets.items()
    known = {**facets, "audience": "baby"}
    assert never not in compose(guide, topic, known, words).text
    assert guide.says(name, value) not in plain(guide, topic, known, words).text


def test_who_is_pregnant_is_told_of_a_light_moisturizer():
    text = compose(
        load(), "product_recommendation", {"product_type": "moisturizer", "audience": "pregnancy"}, site.load().words
    ).text
    assert "light lotion with hyaluronic acid" in text


# ---------------------------------------------------------------- what is checked


def test_a_mark_that_would_change_nothing_is_told(project):
    project.break_(BEADS, "          text: On the hand", "          also_for: [baby]\n          text: On the hand")
    assert project.the_problem() == (
        "beads.yml, topic what, facets.body_area.hand: also_for names baby, who has no answer of their own there, "
        "so leave it out."
    )


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("also_for: [baby]", "also_for names baby, who has no answer of their own there, so leave it out."),
        ("only_for: [child]", "only_for names child, of whom the topic says nothing, so write it."),
    ],
)
def test_an_aspect_that_names_somebody_without_a_text_is_told(project, mark, told):
    project.break_(BEADS, "forever], text", f"forever], {mark}, text")
    assert project.the_problem() == f"beads.yml, topic how_long, aspects[0]: {told}"


def test_a_reply_that_is_too_long_for_who_alone_hears_it_is_told(project):
    own = "We see a bead. " * 29
    words = "We know a lot. " * 18
    project.break_(BEADS, "A child may play with big ones.", own + "Ask {contact} {provider_link} {crisis_line}.")
    aspect = f"{{cues: [red], only_for: [child], text: '{words}', sources: [s1]}}"
    project.break_(BEADS, "    next: [how_long]\n", f"    aspects: [{aspect}]\n    next: [how_long]\n")
    assert any("facets.audience.child with the aspect 'red': the reply has" in one for one in project.problems())
