from __future__ import annotations

from actions.action_name_sources import ActionNameSources
from assistant import guide
from tests.actions.action_test_helper import run


def test_all_sources_of_the_last_topic_are_listed_one_a_line() -> None:
    said = run(ActionNameSources(), "ask_source", slots={"topic": "duration"})
    cited = guide.cite(guide.load(), guide.load().topics["duration"].sources)
    assert said.text.splitlines()[1:] == [f"- {source['title']}, {source['publisher']}" for source in cited]
    assert said.sources == cited


def test_asking_for_sources_leaves_the_topic() -> None:
    assert "topic" not in run(ActionNameSources(), "ask_source", slots={"topic": "duration"}).slots


def test_where_nothing_was_asked_yet_it_says_where_answers_come_from() -> None:
    said = run(ActionNameSources(), "ask_source")
    assert said.topics == ["ask_source"]


def test_a_topic_without_sources_has_none_named() -> None:
    assert guide.load().topics["off_topic"].sources == []
    assert run(ActionNameSources(), "ask_source", slots={"topic": "off_topic"}).topics == ["ask_source"]
