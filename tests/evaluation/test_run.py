"""The one test here that needs the trained model: what is measured is what a channel would get."""

from __future__ import annotations

import pytest

from assistant.build import MODEL
from assistant.cli import main
from assistant.evaluation import data, evaluate
from assistant.evaluation.data import Sample
from assistant.evaluation.follow_ups import Turn
from assistant.evaluation.run import hear, read_all

SAMPLE = Sample("how long do milia last", ("duration",), "question", questions=1)


def test_messages_and_dialogues_go_through_the_trained_model_and_the_real_actions() -> None:
    if not MODEL.is_file():
        pytest.fail(f"There is no {MODEL.name} in models: run `make train` before these tests.", pytrace=False)
    dialogue = [Turn(say="what are milia", needs=[["what_are_milia"]]), Turn(say="thank you", needs=[["thank"]])]
    heard = hear({"development": [SAMPLE]}, {"development": [dialogue]})
    (reading,) = heard.readings["development"]
    assert (reading.intent, reading.questions, len(reading.ranking) > 3) == ("duration", 1, True)
    assert reading == read_all({"": [SAMPLE]})[""][0]
    ((_, reply),) = heard.turns["development"]
    assert reply.answered == ("duration",)
    assert reply.offered
    assert not reply.failed
    assert [outcome.resolved for outcome in heard.outcomes["development"]] == [True, True]


def test_a_missing_folder_ends_the_command_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(kinds: object) -> list[Sample]:
        raise data.NoData("The folder of the evaluation set is missing: there")

    monkeypatch.setattr(evaluate.data, "evaluation", missing)
    assert main(["evaluate"]) == 2
    assert capsys.readouterr().err == "The folder of the evaluation set is missing: there\n"
