"""The documents name only what exists, and name all that they promise to name."""

import re
from pathlib import Path

import pytest

from assistant.cli import COMMANDS
from assistant.files import DATA, ROOT, read_yaml

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("name", TEXTS)
def test_every_make_target_that_is_named_exists(name):
    named = [target for command in re.findall(r"`?make ((?:[a-z-]+ ?)+)", TEXTS[name]) for target in command.split()]
    commands = re.findall(r"(?:^|`)make ([a-z-]+(?: [a-z-]+)*)", TEXTS[name], flags=re.MULTILINE)
    assert named or name != "README.md"
    assert [target for command in commands for target in command.split() if target not in TARGETS] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_of_the_assistant_that_is_named_exists(name):
    assert [command for command in re.findall(r"-m assistant ([a-z]+)", TEXTS[name]) if command not in COMMANDS] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_to_a_file_leads_to_one(name):
    folder = (ROOT / name).parent
    links = re.findall(r"\]\((?!https?:|tel:|mailto:|#)([^)#]+)", TEXTS[name])
    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_path_that_is_named_exists(name):
    named = re.findall(r"`((?:assistant|actions|data|docs|scripts|tests|widget|reports)/[\w./-]+)`", TEXTS[name])
    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []


def test_every_red_flag_is_listed_with_its_level():
    known = read_yaml(DATA / "referral" / "red_flags.yml")
    listed = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", TEXTS["docs/safety/README.md"], flags=re.MULTILINE))
    assert listed == {flag["id"]: flag["level"] for flag in (*known["flags"], *known["sounds"])}


def test_every_variable_that_the_code_reads_is_listed_for_operators():
    sources = [path for folder in ("assistant", "actions", "scripts") for path in (ROOT / folder).rglob("*")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources if _is_code(path))
    read = set(re.findall(r"\bASSISTANT_[A-Z_]+\b", code))
    # Set by the service itself and by the scripts that run tests.
    own = {"ASSISTANT_ACTION_PORT", "ASSISTANT_URL", "ASSISTANT_TEST_POSTGRESQL"}
    assert read - own == set(re.findall(r"`(ASSISTANT_[A-Z_]+)`", TEXTS["docs/operations.md"]))


def _is_code(path: Path) -> bool:
    return (
        path.is_file() and (path.suffix == ".py" or path.parent.name == "scripts") and "__pycache__" not in path.parts
    )
