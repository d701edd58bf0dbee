"""No file grows past what one can read in a sitting."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.files import ROOT

LONGEST = 400  # lines of a file of code
# Actions are thin: what they share stands in base.py.
LONGEST_ACTION = 60
LONGEST_BASE = 90

ACTIONS = sorted((ROOT / "actions").glob("*.py"))
CODE = [path for folder in ("assistant", "actions", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
CODE += sorted((ROOT / "scripts").iterdir())


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", ACTIONS, ids=names)
def test_an_action_is_thin(path: Path) -> None:
    assert lines(path) <= (LONGEST_BASE if path.name == "base.py" else LONGEST_ACTION)


@pytest.mark.parametrize("path", CODE, ids=names)
def test_a_file_of_code_is_short(path: Path) -> None:
    assert lines(path) <= LONGEST
