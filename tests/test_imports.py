"""The floor plan: what may import what."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.files import ROOT

PACKAGES = ("guide", "ingredients", "referral")
# What `check` and `triage` must start without: all of it takes seconds to import.
SLOW = {"rasa", "rasa_sdk", "spacy", "tensorflow", "numpy", "scipy", "sklearn", "onnxruntime", "sqlalchemy", "sanic"}


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Give the dotted name of everything that the file imports, wherever in it: `a.b.c` for `from a.b import c`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} has a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources("actions"), ids=names)
def test_an_action_knows_the_content_the_site_and_rasa_sdk_alone(path: Path) -> None:
    allowed = tuple(f"assistant.{name}" for name in (*PACKAGES, "site", "files"))
    of_the_assistant = [name for name in imports(path) if within(name, ("assistant",))]
    assert [name for name in of_the_assistant if not within(name, allowed)] == []
    assert [name for name in imports(path) if within(name, ("rasa", "spacy"))] == []


@pytest.mark.parametrize("path", sources("assistant"), ids=names)
def test_nothing_of_the_assistant_imports_the_actions(path: Path) -> None:
    assert [name for name in imports(path) if within(name, ("actions",))] == []


@pytest.mark.parametrize("package", PACKAGES)
class TestContent:
    def test_needs_neither_rasa_nor_spacy_and_nothing_above_it(self, package: str) -> None:
        forbidden = ("rasa", "rasa_sdk", "spacy", "actions")
        forbidden += tuple(f"assistant.{name}" for name in ("turn", "channels", "storage", "nlu", "serving", "cli"))
        for path in sources(f"assistant/{package}"):
            assert [name for name in imports(path) if within(name, forbidden)] == [], names(path)

    def test_is_used_by_its_public_names_alone(self, package: str) -> None:
        inside = [path for path in sources("assistant") if not within(_dotted(path), (f"assistant.{package}",))]
        public = _public(package)
        for path in [*inside, *sources("actions")]:
            used = {name for name in imports(path) if within(name, (f"assistant.{package}",))}
            assert used <= public, names(path)


# Other parts may use more of one package than its public names only where that is written down here.
OPEN = {
    "guide": {
        "assistant.guide.checks.composed",
        "assistant.guide.checks.problems",
        "assistant.guide.checks.read",
        "assistant.guide.checks.unfit",
        "assistant.guide.library.BrokenContent",
    },
    "ingredients": set(),
    "referral": {
        # What learns the weights of the second opinion stands above the package, as it reads the phrases.
        "assistant.referral.detector.by_rules",
        "assistant.referral.detector.sound",
        "assistant.referral.flags.FOLDER",
        "assistant.referral.opinion",
    },
}


def _public(package: str) -> set[str]:
    tree = ast.parse((ROOT / "assistant" / package / "__init__.py").read_text(encoding="utf-8"))
    (given,) = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]
    ]
    shown = {f"assistant.{package}.{name}" for name in ast.literal_eval(given)}
    return {f"assistant.{package}", *shown, *OPEN[package]}


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", sources("assistant/safety"), ids=names)
def test_safety_stands_above_the_content_and_knows_no_model(path: Path) -> None:
    allowed = tuple(f"assistant.{name}" for name in (*PACKAGES, "safety", "site", "files"))
    assert [name for name in imports(path) if within(name, ("assistant",)) and not within(name, allowed)] == []
    assert [name for name in imports(path) if within(name, ("rasa", "rasa_sdk", "spacy", "actions"))] == []


def test_safety_is_used_by_commands_alone() -> None:
    users = {
        names(path)
        for path in [*sources("assistant"), *sources("actions")]
        for name in imports(path)
        if within(name, ("assistant.safety",)) and not path.is_relative_to(ROOT / "assistant" / "safety")
    }
    assert users == {"assistant/cli/review.py", "assistant/cli/validate.py"}


@pytest.mark.parametrize("path", sources("assistant/channels"), ids=names)
def test_a_channel_knows_the_turn_and_no_agent(path: Path) -> None:
    allowed = tuple(f"assistant.{name}" for name in ("turn", "channels", "guide", "site", "text", "files"))
    allowed += ("assistant.ingredients", "assistant.storage.retention", "assistant.storage.promises")
    of_the_assistant = [name for name in imports(path) if within(name, ("assistant",))]
    assert [name for name in of_the_assistant if not within(name, allowed)] == []
    of_rasa = [name for name in imports(path) if within(name, ("rasa",))]
    assert [name for name in of_rasa if not within(name, ("rasa.core.channels.channel",))] == []


def test_rasa_is_imported_by_the_packages_that_are_about_it_only() -> None:
    about = ("nlu", "channels", "storage", "turn", "serving", "evaluation")
    allowed = [ROOT / "assistant" / package for package in about]
    allowed += [ROOT / "assistant" / f"{name}.py" for name in ("runtime", "training")]
    users = {path for path in sources("assistant") for name in imports(path) if within(name, ("rasa",))}
    assert [names(path) for path in users if not any(path.is_relative_to(place) for place in allowed)] == []


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("triage", {"id": 1, "text": "my eyelid is hot and swollen"}),
        ("check", {"id": 1, "text": "Ingredients: Aqua, Lanolin"}),
    ],
)
def test_a_command_without_a_model_starts_without_what_is_slow(command: str, line: dict[str, object]) -> None:
    program = (
        "import sys; from assistant.cli import main; code = main(sys.argv[1:]);"
        "print(code, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, command],
        cwd=ROOT,
        input=json.dumps(line),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, *modules = ended.stderr.split()
    assert code == "0"
    assert "assistant" in modules
    assert SLOW & set(modules) == set()
