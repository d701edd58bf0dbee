from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.referral import durations

TODAY = date(2026, 11, 24)


def read(text: str, asked: bool = False) -> list[tuple[str, str]]:
    return [(found.value, text[found.start : found.end]) for found in durations(text, TODAY, asked)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("since march", "months"),
        ("Since Nov", "days"),
        ("since 2019", "years"),
        ("since yesterday", "days"),
        ("two years", "years"),
        ("2yrs", "years"),
        ("6 mo", "months"),
        ("a few weeks", "weeks"),
        ("a couple of months", "weeks"),
        ("2-3 weeks", "weeks"),
        ("for about 3 months now", "months"),
        ("half a year", "months"),
        ("years", "years"),
        ("i've had them for months", "months"),
        ("always had it", "years"),
        ("as long as I can remember", "years"),
        ("since birth", "birth"),
        ("she was born with it", "birth"),
        ("3 days", "days"),
        ("7 days", "weeks"),
    ],
)
def test_a_time_is_read_as_the_span_that_it_falls_into(text: str, value: str) -> None:
    assert [found for found, _ in read(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "my 3 month old has them",
        "they go in 2 weeks",
        "use it for 2 weeks",
        "it takes two weeks",
        "every two weeks",
        "can i wear it today",
        "in may it was fine",
        "i always use sunscreen",
        "milia",
        "",
    ],
)
def test_a_time_that_says_something_else_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("a year and a half", "years"), ("in the last 2 weeks", "weeks"), ("ages", "years")]
)
def test_every_time_counts_where_it_was_asked_for(text: str, value: str) -> None:
    assert [found for found, _ in read(text, asked=True)] == [value]


def test_its_place_is_that_of_its_own_words() -> None:
    assert read("I've had it for about 3 months, maybe") == [("months", "3 months")]


@given(st.text(max_size=80))
def test_whatever_the_text_the_places_lie_in_it(text: str) -> None:
    for found in durations(text, TODAY, asked=True):
        assert 0 <= found.start < found.end <= len(text)
