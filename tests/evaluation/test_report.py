from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation import evaluate, report
from assistant.evaluation.data import Sample
from assistant.evaluation.follow_ups import Outcome, Turn
from assistant.evaluation.metrics import Reading
from assistant.evaluation.replies import Reply
from assistant.evaluation.run import Heard

KINDS = {"duration": "guide", "causes": "guide", "off_topic": "not_ours"}
BLIND = "a blind sentence"


def read(text: str, accepted: str, intent: str, confidence: float = 0.9, questions: int | None = None) -> Reading:
    kind = "out_of_scope" if accepted == "off_topic" else "question"
    return Reading(Sample(text, (accepted,), kind, questions=questions), intent, ((intent, confidence),))


RIGHT = read("how long", "duration", "duration")
MISS = read("<b>how</b> soon", "duration", "off_topic", 0.6)
OUTSIDE_MISS = read("a private sentence", "off_topic", "duration", 0.7)
BLIND_MISS = read(BLIND, "duration", "causes", 0.99, questions=1)
UNRESOLVED = Outcome(
    Turn(say="and in babies", needs=[["duration"]], follow_up=True), ("how long",), Reply(("causes",), text="<i>Milia")
)
BLIND_TURN = Outcome(Turn(say=f"{BLIND} again", needs=[["duration"]]), (BLIND,), Reply(("causes",), text="Said blind"))


def heard() -> Heard:
    readings = {"development": [RIGHT, MISS], "evaluation": [BLIND_MISS], "outside": [OUTSIDE_MISS]}
    turns = {
        name: [(reading.sample, Reply((reading.intent,))) for reading in group] for name, group in readings.items()
    }
    return Heard(readings, turns, {"development": [UNRESOLVED], "evaluation": [BLIND_TURN]})


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, Any]) -> Path:
    monkeypatch.setattr(evaluate.guide, "load", lambda: type("Guide", (), {"kinds": KINDS}))
    monkeypatch.setattr(evaluate, "_heard", lambda kinds, extra: heard())
    monkeypatch.setattr(evaluate, "_cross_validated", lambda kinds: [RIGHT, MISS])
    monkeypatch.setattr(evaluate, "committed", lambda: before)
    evaluate.evaluate(folder / "reports", extra=folder)
    return folder / "reports"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return run(tmp_path, monkeypatch, {})


def test_the_page_shows_every_miss_of_the_open_sets_and_every_picture(written: Path) -> None:
    page = (written / evaluate.PAGE).read_text()
    assert "&lt;b&gt;how&lt;/b&gt; soon" in page
    assert "a private sentence" in page
    assert page.count('src="data:image/png;base64,') == len(list(written.glob("*.png"))) == 5


def test_the_page_shows_every_unresolved_turn_of_the_development_dialogues_with_its_reply(written: Path) -> None:
    page = (written / evaluate.PAGE).read_text()
    assert "<td>how long</td><td>and in babies</td><td>duration</td><td>causes</td>" in page
    assert "&lt;i&gt;Milia" in page


def test_the_page_asks_nothing_of_another_site(written: Path) -> None:
    page = (written / evaluate.PAGE).read_text()
    assert "http" not in page
    assert "<script" not in page


def test_no_text_of_a_blind_set_leaves_a_run(written: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shown = b"".join(file.read_bytes() for file in written.iterdir()).decode("latin-1") + "".join(capfd.readouterr())
    assert "blind" not in shown.lower()
    assert report.text_hash(BLIND) not in shown


def test_a_blind_set_gives_figures(written: Path) -> None:
    figures = json.loads((written / report.FIGURES).read_text())
    assert figures["sets"]["evaluation"]["questions"]["count"] == 1
    assert figures["sets"]["evaluation"]["questions"]["right"] == 0.0
    assert figures["follow_ups"]["evaluation"]["count"] == 1
    assert "by_intent" not in figures["sets"]["evaluation"]


def test_a_blind_miss_is_refused_by_the_page_itself() -> None:
    nothing = report.Moves([], [], known=False)
    missed = evaluate.Shown({}, [("evaluation", BLIND_MISS)], [], nothing)
    failed = evaluate.Shown({}, [], [], nothing, [("evaluation", BLIND)])
    for shown in (missed, failed):
        with pytest.raises(ValueError, match="blind"):
            evaluate.page({}, {}, shown)


def test_texts_of_the_outside_set_never_enter_the_figures(written: Path) -> None:
    figures = (written / report.FIGURES).read_text()
    assert "private" not in figures
    assert report.text_hash(OUTSIDE_MISS.sample.text) not in figures
    assert json.loads(figures)["sets"]["outside"]["out_of_scope"]["kept_out"] == 0.0


def test_the_worst_miss_is_the_surest_one() -> None:
    sure, unsure = read("sure", "duration", "causes", 0.8), read("unsure", "duration", "causes", 0.3)
    misses = report.open_misses({"development": [unsure, RIGHT, sure], "outside": [OUTSIDE_MISS]})
    assert [reading.sample.text for _, reading in misses] == ["sure", "a private sentence", "unsure"]


def test_twenty_misses_stand_ahead_of_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    misses = [read(f"miss number {place:02}", "duration", "causes", place / 100) for place in range(25)]
    told = Heard({"development": misses}, {"development": []}, {"development": []})
    monkeypatch.setattr(f"{__name__}.heard", lambda: told)
    page = (run(tmp_path, monkeypatch, {}) / evaluate.PAGE).read_text()
    worst, rest = page.split("<h2>All other misses (5)</h2>")
    assert [f"miss number {place:02}" in worst for place in range(25)] == [False] * 5 + [True] * 20
    assert [f"miss number {place:02}" in rest for place in range(25)] == [True] * 5 + [False] * 20


def test_what_changed_between_right_and_wrong_is_told_by_message() -> None:
    before = {"outcomes": {"duration": report.text_hash("<b>how</b> soon"), "causes": report.text_hash("how long")}}
    changed = report.moves(before, [RIGHT, MISS, read("new", "duration", "causes")])
    assert changed.mended == [(RIGHT, "causes")]
    assert changed.broken == [(MISS, "duration")]
    assert changed.known


def test_another_wrong_reading_or_another_right_one_is_no_change() -> None:
    either = Reading(Sample("either", ("duration", "causes"), "question"), "causes", (("causes", 0.9),))
    before = {"outcomes": {"duration": report.text_hash("either"), "causes": report.text_hash(MISS.sample.text)}}
    changed = report.moves(before, [either, MISS])
    assert (changed.mended, changed.broken) == ([], [])


def test_the_readings_of_a_report_are_what_the_next_one_compares_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = json.loads((run(tmp_path, monkeypatch, {}) / report.FIGURES).read_text())
    again = Reading(MISS.sample, "duration", (("duration", 0.5),))
    monkeypatch.setattr(f"{__name__}.heard", lambda: Heard({"development": [RIGHT, again]}, {"development": []}))
    capsys.readouterr()
    page = (run(tmp_path, monkeypatch, first) / evaluate.PAGE).read_text()
    printed = capsys.readouterr().out
    assert "development messages mended 1, broken 0" in printed
    assert "100.0% (+50.0)" in printed
    assert "Wrong before, right now (1)" in page
    assert "<td>off_topic</td><td>duration</td>" in page


def test_the_committed_report_is_compared_with_and_not_the_one_that_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What `git show` would print; nothing else of git is used.
    git = tmp_path / "git"
    git.write_text("""#!/bin/sh\n[ "$1 $2" = "show HEAD:./reports/understanding.json" ] && echo '{"phrases": 3}'\n""")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / report.FIGURES).write_text('{"phrases": 4}')
    assert report.committed(tmp_path) == {"phrases": 3}


def test_without_a_commit_the_report_that_lies_there_is_compared_with(tmp_path: Path) -> None:
    assert report.committed(tmp_path) == {}
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / report.FIGURES).write_text('{"phrases": 3}')
    assert report.committed(tmp_path) == {"phrases": 3}


def test_turns_that_failed_are_counted_by_set_and_shown_of_open_sets_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    sorry = Reply(failed=True)
    turns = {"development": [(RIGHT.sample, sorry), (MISS.sample, Reply())], "evaluation": [(BLIND_MISS.sample, sorry)]}
    readings = {"development": [RIGHT, MISS], "evaluation": [BLIND_MISS]}
    failed = Outcome(Turn(say="and then", needs=[["duration"]]), (), sorry)
    monkeypatch.setattr(f"{__name__}.heard", lambda: Heard(readings, turns, {"development": [failed]}))
    page = (run(tmp_path, monkeypatch, {}) / evaluate.PAGE).read_text()
    said = capfd.readouterr().err
    assert "2 turns of the development set failed" in said
    assert "1 turns of the evaluation set failed" in said
    assert "<h2>Turns that failed (2)</h2>" in page
    assert "<td>development</td><td>how long</td></tr><tr><td>development</td><td>and then</td>" in page
    assert "blind" not in page
