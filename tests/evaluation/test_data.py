from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation import data

KINDS = {"duration": "guide", "thank": "conversation", "off_topic": "not_ours"}


def test_a_development_message_is_of_the_kind_of_its_best_intent(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(
        "- {text: how long, intents: [duration, off_topic], questions: 2}\n"
        "- {text: ta, intents: [thank]}\n"
        "- {text: weather, intents: [nlu_fallback, off_topic]}\n"
    )
    samples = data.development(KINDS, tmp_path)
    assert [sample.kind for sample in samples] == ["question", "small_talk", "out_of_scope"]
    assert samples[0].accepted == ("duration", "off_topic")
    assert [sample.questions for sample in samples] == [2, None, None]


def test_a_folder_without_messages_is_said(tmp_path: Path) -> None:
    with pytest.raises(data.NoData, match="No messages"):
        data.development(KINDS, tmp_path)


def test_a_message_of_the_evaluation_set_asks_one_question_where_nothing_else_is_said(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(
        "- {text: how long, intents: [duration]}\n- {text: why and how long, intents: [duration], questions: 2}\n"
    )
    assert [sample.questions for sample in data.evaluation(KINDS, tmp_path)] == [1, 2]


def test_the_evaluation_set_may_be_empty_but_not_missing(tmp_path: Path) -> None:
    assert data.evaluation(KINDS, tmp_path) == []
    with pytest.raises(data.NoData, match="absent"):
        data.evaluation(KINDS, tmp_path / "absent")


def test_further_sets_are_read_from_two_csv_files(tmp_path: Path) -> None:
    (tmp_path / data.QUESTIONS_FILE).write_text(
        'id,text,intents,questions,urgency\nA,"one, two",duration|thank,2,none\n'
    )
    (tmp_path / data.OUT_OF_SCOPE_FILE).write_text("id,text,accept,milia_ok\nB,three,off_topic|nlu_fallback,yes\n")
    question, other = data.extra(tmp_path)
    assert question == data.Sample("one, two", ("duration", "thank"), "question", questions=2)
    assert (other.accepted, other.kind, other.lenient) == (
        ("off_topic", "nlu_fallback"),
        "out_of_scope",
        True,
    )


def test_a_missing_file_of_a_further_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(data.NoData, match=data.QUESTIONS_FILE):
        data.extra(tmp_path)


def test_training_phrases_come_with_their_intents(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(
        "nlu:\n- intent: duration\n  examples: |\n    - how long\n    - for ever - or not\n"
    )
    assert data.phrases(tmp_path) == [("how long", "duration"), ("for ever - or not", "duration")]


def test_phrases_of_the_encoder_come_with_their_intents(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text("duration:\n- how long\ncauses:\n- why me\n")
    assert data.encoder_phrases(tmp_path) == [("how long", "duration"), ("why me", "causes")]
