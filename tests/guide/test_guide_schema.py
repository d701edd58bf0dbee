import pytest
from pydantic import ValidationError

from assistant.guide import Lexicon, Source, Topic
from assistant.guide.schema import Family, Value

TOPIC = {"id": "what", "title": "What it is", "asks": "what it is", "answer": "It is a bead."}


def test_a_topic_needs_no_more_than_its_name_title_question_and_answer():
    topic = Topic(**TOPIC)
    assert (topic.simple, topic.more, topic.sources, topic.facets, topic.next) == (None, None, [], {}, [])


def test_every_text_is_found_under_its_path():
    facets = {"audience": {"baby": {"text": "Keep it away."}}}
    topic = Topic(**{**TOPIC, "answer": ["One.", "Two."]}, simple="Plain.", more="More.", facets=facets)
    assert topic.texts() == {
        "answer": "One.",
        "answer[1]": "Two.",
        "simple": "Plain.",
        "more": "More.",
        "facets.audience.baby": "Keep it away.",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "What"),
        ("title", "a title of 21 letters"),
        ("title", "  "),
        ("asks", ""),
        ("answer", ""),
        ("answer", []),
        ("simple", " "),
        ("sources", ["Not an id"]),
        ("facets", {"audience": {"baby": {"text": ""}}}),
        ("facets", {"audience": {"baby": {"text": "x", "insted": True}}}),
        ("facets", {"audience": {"Baby": {"text": "x"}}}),
        ("next", ["a", "b", "c", "d"]),
        ("anwser", "A misspelt name."),
    ],
)
def test_a_topic_with_a_part_that_does_not_fit_is_refused(name, value):
    with pytest.raises(ValidationError):
        Topic(**{**TOPIC, name: value})


@pytest.mark.parametrize("missing", ["id", "title", "asks", "answer"])
def test_a_topic_without_a_needed_part_is_refused(missing):
    with pytest.raises(ValidationError, match=missing):
        Topic(**{name: value for name, value in TOPIC.items() if name != missing})


def test_a_topic_never_changes():
    with pytest.raises(TypeError):
        Topic(**TOPIC).title = "Another"


@pytest.mark.parametrize("part", [{"kind": "advice"}, {"topics": []}])
def test_a_family_of_no_known_kind_or_without_topics_is_refused(part):
    with pytest.raises(ValidationError):
        Family(**{"kind": "guide", "topics": [TOPIC], **part})


@pytest.mark.parametrize("part", [{"url": "http://example.org"}, {"title": ""}, {"id": "S 1"}, {"link": "x"}])
def test_a_source_that_a_visitor_could_not_use_is_refused(part):
    with pytest.raises(ValidationError):
        Source(**{"id": "s1", "title": "Beads", "publisher": "Thread", **part})


def test_a_value_that_nobody_can_say_is_refused():
    with pytest.raises(ValidationError):
        Value(says="For a baby", phrases=[])


def test_a_lexicon_whose_values_are_no_names_is_refused():
    with pytest.raises(ValidationError):
        Lexicon(entity="audience", values={"For a baby": {"says": "For a baby", "phrases": ["baby"]}})
