"""The hazard log: docs/safety/hazards.yml, and hazards.md made of it by `python -m assistant.safety.hazards`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Extra, conlist, constr, parse_obj_as

from assistant.files import ROOT, read_yaml

FOLDER = ROOT / "docs" / "safety"
LOG, SHOWN = "hazards.yml", "hazards.md"

Text = constr(strip_whitespace=True, min_length=1)
# A file below tests/, then the test, as pytest names it.
Node = constr(regex=r"^tests/[\w/]+\.py(::\w+)+(\[.+\])?$")

_HEAD = """# Hazard log

Made of `docs/safety/hazards.yml` by `python -m assistant.safety.hazards`; change that file, not this one. It has the
shape that clinical safety standards ask of a hazard log, and claims no conformity with any of them.

**Severity** is the worst that could follow for somebody, **likelihood** that it does with the controls in place. Both
are estimates of the builders; no clinician has confirmed them. Every test that is named fails when its control is taken
away.
"""


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True


class Control(_Strict):
    """What keeps a hazard from harming, and the tests (pytest node ids) that fail when it is taken away."""

    control: Text  # type: ignore[valid-type]
    tests: conlist(Node, min_items=1)  # type: ignore[valid-type]


class Hazard(_Strict):
    """One hazard. What its words mean stands at the head of the file."""

    id: constr(regex=r"^H\d\d$")  # type: ignore[valid-type]
    hazard: Text  # type: ignore[valid-type]
    cause: Text  # type: ignore[valid-type]
    effect: Text  # type: ignore[valid-type]
    severity: Literal["minor", "significant", "considerable", "major", "catastrophic"]
    likelihood: Literal["very low", "low", "medium", "high"]
    controls: conlist(Control, min_items=1)  # type: ignore[valid-type]


def load(folder: Path = FOLDER) -> list[Hazard]:
    """Return the hazards in order; raise pydantic.ValidationError where the file does not fit."""
    return parse_obj_as(list[Hazard], read_yaml(folder / LOG)["hazards"])


def render(hazards: list[Hazard]) -> str:
    """Return the log as markdown: a table to look over, then each hazard with its controls and tests."""
    rows = [f"| [{one.id}](#{one.id.lower()}) | {one.hazard} | {one.severity} | {one.likelihood} |" for one in hazards]
    table = "\n".join(["| id | hazard | severity | likelihood |", "| --- | --- | --- | --- |", *rows])
    return "\n".join([_HEAD, table, *map(_described, hazards)])


def _described(one: Hazard) -> str:
    lines = [f"\n## {one.id}", "", f"**{one.hazard}**", "", f"- Cause: {one.cause}", f"- Effect: {one.effect}"]
    lines += [f"- Severity {one.severity}, likelihood {one.likelihood}.", "", "Controls:", ""]
    for control in one.controls:
        lines.append(f"- {control.control}")
        lines += [f"  - `{test}`" for test in control.tests]
    return "\n".join(lines)


def main() -> None:
    """Write hazards.md anew."""
    (FOLDER / SHOWN).write_text(f"{render(load())}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
