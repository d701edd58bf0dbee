"""The blind evaluation set keeps its form and shares no message with what the detector is built on.

Failures name counts and places only: nobody who builds reads the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.referral import EVALUATION, LEVELS, evaluation
from assistant.files import read_yaml
from assistant.text import normalise

MESSAGES = Path(__file__).parent / "messages"


def strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from strings(value)


def key(text: str) -> str:
    return normalise(text).casefold()


def test_no_message_is_one_that_the_detector_is_built_on() -> None:
    built_on = {key(text) for path in MESSAGES.rglob("*.yml") for text in strings(read_yaml(path))}
    shared = sum(key(case.text) in built_on for case in evaluation(EVALUATION))
    assert (len(built_on) > 300, shared) == (True, 0)


def test_no_message_stands_twice() -> None:
    counted = Counter(key(case.text) for case in evaluation(EVALUATION))
    assert sum(count > 1 for count in counted.values()) == 0


def test_the_set_holds_what_it_promises() -> None:
    cases = evaluation(EVALUATION)
    assert Counter(case.level for case in cases) == {"emergency": 45, "today": 50, "soon": 55, "none": 300}
    kinds = Counter(case.kind for case in cases if case.level == "none")
    assert kinds == {"plain": 200, "denied": 30, "resolved": 15, "hypothetical": 35, "figure": 20}


@pytest.mark.parametrize(("name", "fields"), [("flagged", {"text", "level", "accept"}), ("ordinary", {"text", "kind"})])
def test_every_entry_has_its_fields_and_known_levels(name: str, fields: set[str]) -> None:
    wrong = [
        number
        for number, entry in enumerate(read_yaml(EVALUATION / f"{name}.yml"), start=1)
        if set(entry) != fields
        or not isinstance(entry["text"], str)
        or not {*entry.get("accept", ()), entry.get("level", "none")} <= set(LEVELS)
        or entry.get("level") in entry.get("accept", ())
    ]
    assert wrong == []
