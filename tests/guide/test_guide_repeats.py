"""Nothing is said twice within one reply."""

from dataclasses import replace

from assistant import site
from assistant.guide import compose, load, together, with_one_more
from assistant.guide.repeats import once
from assistant.guide.schema import Aspect

BEADS = "data/guide/beads.yml"


def test_a_sentence_that_was_said_before_is_left_out():
    assert once(["It is red. It rolls.", "It is small. It rolls! It rolls."]) == (
        "It is red. It rolls.\n\nIt is small. It rolls!"
    )


def test_a_paragraph_that_was_said_before_is_left_out_with_its_head():
    assert once(["**On a hand:** It rolls. It is red.", "**On a finger:** It rolls. It is red."]) == (
        "**On a hand:** It rolls. It is red."
    )
    assert once(["It rolls.", "**On a hand:** It rolls. It is red."]) == "It rolls.\n\n**On a hand:** It is red."


def test_within_a_paragraph_and_in_a_list_everything_stays():
    assert once(["No. It rolls. No."]) == "No. It rolls. No."
    listed = "- It rolls. It is red.\n- It is small."
    assert once(["It rolls. It is red.", listed, listed]) == f"It rolls. It is red.\n\n{listed}"


def test_what_an_aspect_says_is_not_said_again_by_the_answer_and_a_facet(guide):
    topic = guide.topics["what"]
    aspect = Aspect(cues=["hard"], text="A bead is small and hard. On the hand it rolls.")
    library = replace(guide, topics={**guide.topics, "what": topic.copy(update={"aspects": [aspect]})})
    reply = compose(library, "what", {"body_area": "hand"}, {"contact": "us"}, asked="is it hard")
    assert reply.text == "A bead is small and hard. On the hand it rolls.\n\nAsk us if you want one."


def test_of_two_answers_a_sentence_is_said_once(guide):
    reply = compose(guide, "how_long", {}, {})
    other = replace(reply, text=f"It is red. {reply.text}", topics=["what"])
    assert together(guide, [reply, other]).text == "**How long**\n\nIt lasts for years.\n\n**What it is**\n\nIt is red."


def test_a_wider_place_adds_nothing_to_a_part_of_it(project):
    project.break_(BEADS, "        hand:\n", "        finger:\n          text: It fits.\n        hand:\n")
    wide = [{"body_area": "hand"}]
    apart = project.guide()
    reply = compose(apart, "what", {"body_area": "finger"}, {"contact": "us"})
    assert "On the hand it rolls." in with_one_more(apart, reply, "what", wide, {}).text
    project.break_("data/entities/body_area.yml", "like: hand,", "within: hand,")
    # What was loaded before is kept.
    part = load.__wrapped__(project.root / "data")
    assert with_one_more(part, reply, "what", wide, {}) == reply


def test_around_the_eyes_is_not_said_after_the_eyelid():
    words, guide = site.load().words, load()
    for topic in ("eye_area", "duration", "body_locations"):
        reply = compose(guide, topic, {"body_area": "eyelid"}, words)
        assert with_one_more(guide, reply, topic, [{"body_area": "around_eyes"}], words) == reply
