from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation import data

KINDS = {"duration": "guide", "thank": "conversation", "off_topic": "not_ours"}


def test_a_development_message_is_of_the_kind_of_its_best_intent(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(
        "- {text: how long, intents: [duration, off_topic]}\n"
        "- {text: ta, intents: [thank]}\n"
        "- {text: weather, intents: [nlu_fallback, off_topic]}\n"
    )
    samples = data.development(KINDS, tmp_path)
    assert [sample.kind for sample in samples] == ["question", "small_talk", "out_of_scope"]
    assert samples[0].accepted == ("duration", "off_topic")


def test_a_folder_without_messages_is_said(tmp_path: Path) -> None:
    with pytest.raises(data.NoData, match="No messages"):
        data.development(KINDS, tmp_path)


def test_further_sets_are_read_from_two_csv_files(tmp_path: Path) -> None:
    (tmp_path / data.QUESTIONS_FILE).write_text('id,text,intents\nA,"one, two",duration|thank\n')
    (tmp_path / data.OUT_OF_SCOPE_FILE).write_text("id,text,accept,milia_ok\nB,three,off_topic|nlu_fallback,yes\n")
    question, other = data.extra(tmp_path)
    assert (question.text, question.accepted, question.kind) == (
        "one, two",
        ("duration", "thank"),
        "question",
    )
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
