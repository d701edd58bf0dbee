"""A number, its word or the title chooses from what was offered last."""

from __future__ import annotations

import pytest

from assistant.channels.platforms.choices import chosen

TITLES = ["How long they last", "Who removes them", "Baby's skin", "Skip"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2", 1),
        ("2.", 1),
        (" 2) ", 1),
        ("#2", 1),
        ("two", 1),
        ("Two.", 1),
        ("second", 1),
        ("who removes them", 1),
        ("Who removes them?", 1),
        ("baby’s skin", 2),
        ("1", 0),
        ("٤", 3),
        ("5", None),
        ("0", None),
        ("22", None),
        ("two of them", None),
        ("2 weeks", None),
        ("who removes", None),
        ("", None),
        ("?", None),
    ],
)
def test_what_is_typed_chooses(text: str, place: int | None) -> None:
    assert chosen(text, TITLES) == place


def test_a_title_that_stands_twice_chooses_nothing() -> None:
    assert chosen("yes", ["Yes", "yes"]) is None


def test_of_nothing_nothing_is_chosen() -> None:
    assert chosen("1", []) is None
