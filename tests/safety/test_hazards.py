"""The hazard log is complete, is shown as it stands, and names only tests that run."""

import subprocess
import sys

import pytest
from pydantic import ValidationError

from assistant.files import ROOT
from assistant.safety import hazards

HAZARDS = hazards.load()
NODES = sorted({test for hazard in HAZARDS for control in hazard.controls for test in control.tests})


@pytest.fixture(scope="module")
def collected():
    """The ids of all tests in the files that the log names, with and without their parameters."""
    files = sorted({node.split("::")[0] for node in NODES})
    program = [sys.executable, "-m", "pytest", "--collect-only", "-q", *files]
    ended = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stdout[-2000:]
    ids = [line for line in ended.stdout.splitlines() if "::" in line]
    return {*ids, *(one.split("[")[0] for one in ids)}


def test_the_document_shows_the_log_as_it_stands():
    shown = (hazards.FOLDER / hazards.SHOWN).read_text(encoding="utf-8")
    assert shown == f"{hazards.render(HAZARDS)}\n", "run `python -m assistant.safety.hazards`"


def test_hazards_are_numbered_in_order():
    assert [hazard.id for hazard in HAZARDS] == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]


def test_every_test_that_is_named_is_collected(collected):
    assert [node for node in NODES if node not in collected] == []


def test_a_test_that_does_not_exist_would_be_told(collected):
    assert "tests/safety/test_hazards.py::test_that_does_not_exist" not in collected
    assert len(collected) > len(NODES)


def test_no_test_is_named_that_another_command_runs():
    assert [node for node in NODES if node.startswith(("tests/browser/", "tests/services/"))] == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("controls", []),
        ("controls", [{"control": "It is so.", "tests": []}]),
        ("controls", [{"control": "It is so.", "tests": ["tests/a.py"]}]),
        ("severity", "bad"),
        ("likelihood", ""),
        ("hazard", " "),
        ("id", "1"),
        ("owner", "nobody"),
    ],
)
def test_a_hazard_that_lacks_something_is_refused(part, value):
    with pytest.raises(ValidationError):
        hazards.Hazard.parse_obj({**HAZARDS[0].dict(), part: value})


def test_the_document_names_cause_effect_controls_and_tests():
    shown = hazards.render(HAZARDS[:1])
    first = HAZARDS[0]
    for words in (first.hazard, first.cause, first.effect, f"Severity {first.severity}, likelihood {first.likelihood}"):
        assert words in shown
    for control in first.controls:
        assert control.control in shown
        assert all(f"`{test}`" in shown for test in control.tests)
