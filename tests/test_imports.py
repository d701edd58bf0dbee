"""Who may import whom: the floor plan of docs/architecture.md."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.files import ROOT

PLAIN = ("guide", "ingredients", "referral")
HEAVY = {"rasa", "rasa_sdk", "spacy", "tensorflow", "sanic", "onnxruntime"}
SOURCES = [path for folder in ("assistant", "actions") for path in sorted((ROOT / folder).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, with the names taken from it: `assistant.guide.load`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def files_of(package: str) -> list[Path]:
    found = [path for path in SOURCES if path.is_relative_to(ROOT / package.replace(".", "/"))]
    assert found
    return found


@pytest.mark.parametrize("package", PLAIN)
def test_a_plain_package_imports_neither_rasa_nor_spacy(package):
    names = {name.split(".")[0] for path in files_of(f"assistant.{package}") for name in imported(path)}
    assert names & HEAVY == set()


@pytest.mark.parametrize("package", PLAIN)
def test_a_plain_package_knows_of_the_others_only_what_they_show(package):
    others = [f"assistant.{other}" for other in PLAIN if other != package]
    names = [name for path in files_of(f"assistant.{package}") for name in imported(path) if within(name, *others)]
    assert [name for name in names if len(name.split(".")) > 3] == []


def test_actions_import_the_plain_packages_and_rasas_sdk_only():
    allowed = (*(f"assistant.{package}" for package in PLAIN), "assistant.site", "assistant.files", "actions")
    names = [name for path in files_of("actions") for name in imported(path)]
    assert [name for name in names if within(name, "assistant", "rasa") and not within(name, *allowed)] == []


def test_nothing_imports_the_actions():
    assert [path for path in files_of("assistant") for name in imported(path) if within(name, "actions")] == []


def test_channels_reach_a_conversation_through_the_turn_only():
    names = [name for path in files_of("assistant.channels") for name in imported(path)]
    assert [name for name in names if within(name, "rasa") and not within(name, "rasa.core.channels")] == []
    assert [name for name in names if within(name, "assistant.nlu", "assistant.referral", "actions")] == []


def test_rasa_is_imported_by_the_packages_that_are_about_it_only():
    about = ("nlu", "channels", "storage", "turn", "serving", "evaluation")
    allowed = [ROOT / "assistant" / package for package in about]
    allowed += [ROOT / "assistant" / f"{name}.py" for name in ("runtime", "training")]
    users = {path for path in files_of("assistant") for name in imported(path) if within(name, "rasa")}
    assert [path for path in users if not any(path.is_relative_to(place) for place in allowed)] == []


@pytest.mark.parametrize("command", ["check", "triage"])
def test_a_command_without_a_model_starts_without_anything_heavy(command):
    code = f"import sys; from assistant.cli import main; main([{command!r}]); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, input="", capture_output=True, text=True, check=True)
    assert {name.split(".")[0] for name in run.stdout.split()} & {*HEAVY, "numpy", "scipy", "sklearn"} == set()
