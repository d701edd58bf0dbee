from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation import evaluate
from assistant.evaluation.data import Sample
from assistant.evaluation.metrics import Reading

KINDS = {"duration": "guide", "off_topic": "not_ours"}
RIGHT = Reading(Sample("how long", ("duration",), "question"), "duration", (("duration", 0.9), ("off_topic", 0.1)))
MISS = Reading(
    Sample("<b>how</b> soon", ("duration",), "question"), "off_topic", (("off_topic", 0.6), ("duration", 0.4))
)
SECRET = Reading(Sample("a private sentence", ("off_topic",), "out_of_scope"), "duration", (("duration", 0.7),))


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    readings = {"development": [RIGHT, MISS], "extra": [SECRET]}
    monkeypatch.setattr(evaluate.guide, "load", lambda: type("Guide", (), {"kinds": KINDS}))
    monkeypatch.setattr(evaluate.data, "development", lambda kinds: [])
    monkeypatch.setattr(evaluate.data, "extra", lambda folder: [])
    monkeypatch.setattr(evaluate, "read_all", lambda samples: readings)
    monkeypatch.setattr(evaluate, "_cross_validated", lambda kinds: [RIGHT, MISS])
    evaluate.evaluate(tmp_path / "reports", extra=tmp_path)
    return tmp_path / "reports"


def test_the_page_shows_every_miss_of_our_own_set_and_three_pictures(written: Path) -> None:
    page = (written / evaluate.PAGE).read_text()
    assert "&lt;b&gt;how&lt;/b&gt; soon" in page
    assert page.count('src="data:image/png;base64,') == 3


def test_texts_of_further_sets_are_printed_and_never_written(capsys: pytest.CaptureFixture[str], written: Path) -> None:
    assert "a private sentence" in capsys.readouterr().out
    assert all("private" not in file.read_text() for file in written.iterdir())
    report = json.loads((written / evaluate.FIGURES).read_text())
    assert report["sets"]["extra"]["out_of_scope"]["kept_out"] == 0.0
    assert report["sets"]["development"]["questions"]["right"] == 0.5


def test_the_report_before_is_compared_with(tmp_path: Path) -> None:
    (tmp_path / evaluate.FIGURES).write_text('{"phrases": 3}')
    assert evaluate._committed(tmp_path) == {"phrases": 3}


def test_without_a_report_before_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    assert evaluate._committed(tmp_path) == {}


def test_a_change_is_said_beside_the_figure() -> None:
    report = evaluate.make_report({"development": [RIGHT, MISS]}, [RIGHT], KINDS)
    lines = evaluate.summary(report, {"sets.development.questions.right": (0.4, 0.5)})
    assert any("50.0%  (before 40.0%)" in line for line in lines)
