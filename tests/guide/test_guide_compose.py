import json
from dataclasses import replace

import pytest

from assistant.guide import (
    Choice,
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

WORDS = {"contact": "our team", "name": "Bead guide"}
ANSWER = "A bead is small and hard. Ask our team if you want one."


def _titles(reply):
    return [source["title"] for source in reply.sources]


def test_an_answer_comes_with_its_sources_and_what_may_be_asked_next(guide):
    reply = compose(guide, "what", {}, WORDS)
    assert reply.text == ANSWER
    assert reply.sources == [{"title": "All about beads", "publisher": "Beads Weekly", "url": None}]
    assert reply.choices == [Choice("topic.how_long", "How long", "how_long")]
    assert reply.topics == ["what"]
    assert reply.assumed == {}


def test_what_differs_a_little_follows_the_answer_under_a_head_that_says_what_was_assumed(guide):
    reply = compose(guide, "what", {"audience": "baby"}, WORDS)
    assert reply.text == f"{ANSWER}\n\n**For a baby:** Keep it out of reach."
    assert reply.assumed == {"audience": "baby"}
    assert _titles(reply) == ["Beads", "All about beads"]


def test_what_differs_wholly_stands_in_place_of_the_answer_with_its_own_sources(guide):
    reply = compose(guide, "what", {"audience": "child"}, WORDS)
    assert reply.text == "**For a child:** A child may play with big ones."
    assert _titles(reply) == ["Beads"]


def test_what_stands_in_place_of_the_answer_and_names_no_source_rests_on_the_topics(guide):
    reply = compose(guide, "what", {"audience": "adult"}, WORDS)
    assert reply.text == "**For an adult:** You may wear them."
    assert _titles(reply) == ["All about beads"]


def test_what_stands_in_place_of_the_answer_comes_before_what_is_added(guide):
    reply = compose(guide, "what", {"body_area": "hand", "audience": "adult"}, WORDS)
    head, tail = reply.text.split("\n\n")
    assert head.startswith("**For an adult:**")
    assert tail == "**On the hand:** On the hand it rolls."
    assert reply.assumed == {"body_area": "hand", "audience": "adult"}


def test_each_source_is_named_once(guide):
    reply = compose(guide, "what", {"audience": "baby", "body_area": "hand"}, WORDS)
    assert _titles(reply) == ["Beads", "All about beads"]


@pytest.mark.parametrize("facets", [{"audience": "teenager"}, {"service": "botox"}])
def test_a_facet_that_makes_no_difference_is_not_assumed(guide, facets):
    reply = compose(guide, "what", facets, WORDS)
    assert reply.text == ANSWER
    assert reply.assumed == {}


def test_small_talk_varies_and_begins_again_after_the_last_wording(guide):
    said = [compose(guide, "hello", {}, WORDS, variant).text for variant in range(3)]
    assert said == ["Hello, this is Bead guide.", "Hi there.", "Hello, this is Bead guide."]


def test_detail_and_the_plain_wording_come_with_the_topics_sources_and_choices(guide):
    more, simple = details(guide, "what", {}, WORDS), plain(guide, "what", {}, WORDS)
    assert more is not None
    assert simple is not None
    assert more.text == "Some are red and some are blue."
    assert simple.text == "It is a small, hard thing."
    for reply in (more, simple):
        assert reply.topics == ["what"]
        assert _titles(reply) == ["All about beads"]
        assert [choice.topic for choice in reply.choices] == ["how_long"]


def test_where_no_more_and_nothing_plainer_was_written_there_is_none(guide):
    assert details(guide, "hello", {}, WORDS) is None
    assert plain(guide, "hello", {}, WORDS) is None


def test_a_topic_that_does_not_exist_is_an_error(guide):
    with pytest.raises(KeyError):
        compose(guide, "nothing", {}, WORDS)


def test_placeholders_are_filled_and_an_unknown_one_is_an_error():
    assert fill("Ask {contact}. {contact}!", WORDS) == "Ask our team. our team!"
    assert fill("100 {% and { stay", WORDS) == "100 {% and { stay"
    with pytest.raises(KeyError):
        fill("Call {nobody}.", WORDS)


def test_sources_keep_their_order(guide):
    assert [source["title"] for source in cite(guide, ["s1", "guide", "s1"])] == ["Beads", "All about beads"]
    assert cite(guide, ["s1"])[0]["url"] == "https://example.org/beads"


def test_a_reply_can_be_sent_as_plain_data(guide):
    reply = compose(guide, "what", {"audience": "baby"}, WORDS).as_dict()
    assert json.loads(json.dumps(reply)) == reply
    assert reply["choices"] == [{"id": "topic.how_long", "title": "How long", "topic": "how_long"}]


def test_the_plain_wording_says_what_differs_for_whom_it_is_about(guide):
    reply = plain(guide, "what", {"audience": "baby"}, WORDS)
    assert reply.text.endswith("**For a baby:** Keep it out of reach.")
    assert reply.assumed == {"audience": "baby"}


def test_the_detail_says_again_only_what_stands_in_place_of_the_answer(guide):
    assert details(guide, "what", {"audience": "baby"}, WORDS).text == "Some are red and some are blue."
    reply = details(guide, "what", {"audience": "child"}, WORDS)
    assert reply.text.endswith("**For a child:** A child may play with big ones.")
    assert reply.assumed == {"audience": "child"}


def test_a_value_without_a_text_has_that_of_the_value_it_is_like_under_its_own_head(guide):
    reply = compose(guide, "what", {"body_area": "finger"}, WORDS)
    assert reply.text.endswith("**On a finger:** On the hand it rolls.")
    assert reply.assumed == {"body_area": "finger"}


def test_what_is_said_beside_something_else_is_only_what_differs(guide):
    assert (
        beside(guide, "what", {"audience": "baby", "body_area": "nose"}, WORDS)
        == "**For a baby:** Keep it out of reach."
    )
    assert beside(guide, "how_long", {"audience": "baby"}, WORDS) == ""


def test_several_answers_stand_under_their_titles_once_each(guide):
    replies = [compose(guide, "what", {"audience": "baby"}, WORDS), compose(guide, "how_long", {}, WORDS)]
    reply = together(guide, replies)
    assert reply.text == f"**What it is**\n\n{replies[0].text}\n\n**How long**\n\nIt lasts for years."
    assert reply.topics == ["what", "how_long"]
    assert reply.assumed == {"audience": "baby"}
    assert [source["title"] for source in reply.sources] == ["Beads", "All about beads"]


def test_several_answers_offer_no_topic_that_they_hold(guide):
    replies = [compose(guide, topic, {}, WORDS) for topic in ("what", "how_long")]
    assert [choice.topic for choice in together(guide, replies[:1]).choices] == ["how_long"]
    assert together(guide, replies).choices == []


def test_the_head_of_a_facet_that_is_the_title_stands_once(guide):
    reply = compose(guide, "what", {"audience": "child"}, WORDS)
    titled = together(
        guide, [replace(reply, text=f"**What it is:** {reply.text}"), compose(guide, "how_long", {}, WORDS)]
    )
    assert titled.text.startswith("**What it is:** ")
    assert titled.text.count("What it is") == 1


def test_an_aspect_is_left_out_where_somebody_has_an_answer_of_their_own(guide):
    topic = guide.topics["what"].copy(update={"aspects": guide.topics["how_long"].aspects})
    other = replace(guide, topics={**guide.topics, "what": topic})
    assert compose(other, "what", {"audience": "baby"}, WORDS, asked="for good").text.startswith("Yes, for good.")
    assert "for good" not in compose(other, "what", {"audience": "child"}, WORDS, asked="for good").text


def test_a_paragraph_of_two_answers_is_said_once(guide):
    first, second = compose(guide, "what", {}, WORDS), compose(guide, "how_long", {}, WORDS)
    shared = "Show it to a doctor."
    replies = [replace(reply, text=f"{reply.text}\n\n{shared}") for reply in (first, second)]
    assert together(guide, replies).text.count(shared) == 1
    assert together(guide, [first, first]).text.count(first.text) == 1


def test_what_leads_is_offered_ahead_of_the_rest_wherever_it_is_offered(project):
    project.break_("data/guide/beads.yml", "    title: How long\n", "    title: How long\n    leads: true\n")
    guide = project.guide()
    assert [choice.topic for choice in choices(guide, ["what", "how_long", "hello"])] == ["how_long", "what", "hello"]
    stranger = Choice("triage.stop", "Stop", "elsewhere")
    assert leading_first(guide, [stranger, *choices(guide, ["how_long"])])[-1] == stranger


def test_what_is_said_of_a_second_value_follows_with_its_sources_unless_it_is_said(guide):
    reply = compose(guide, "what", {}, WORDS)
    baby = beside(guide, "what", {"audience": "baby"}, WORDS)
    more = with_one_more(guide, reply, "what", [{"audience": "nobody"}, {"audience": "baby"}], WORDS)
    assert baby and more.text == f"{reply.text}\n\n{baby}"
    cited = cite(guide, guide.facet("what", "audience", "baby").sources)
    assert all(source in more.sources for source in cited)
    assert with_one_more(guide, more, "what", [{"audience": "baby"}], WORDS) == more
