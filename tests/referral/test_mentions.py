"""Whom and what a message names: the lexicons of data/entities together with denial."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy

from assistant.nlu import language
from assistant.referral import negated

Named = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Named:
    """Return what finds the values of one entity that a text names and does not deny, in order."""
    folder = tmp_path_factory.mktemp("built") / "language"
    language.build(folder)
    pipeline = spacy.load(folder)

    def find(text: str, entity: str) -> list[str]:
        found = [span for span in pipeline(text).ents if span.label_ == entity]
        return [span.ent_id_ for span in found if not negated(text, span.start_char, span.end_char)]

    return find


@pytest.mark.parametrize(
    "text", ["I can feel them with my fingers", "when I rub my hand over my cheek", "wash my hands"]
)
def test_a_hand_that_feels_or_rubs_is_no_place_of_bumps(named: Named, text: str) -> None:
    assert "hands" not in named(text, "body_area")


@pytest.mark.parametrize(
    "text", ["bumps on my fingers", "both hands? no, on my hands and arms", "my hands are full of them"]
)
def test_a_hand_that_has_bumps_is_one(named: Named, text: str) -> None:
    assert "hands" in named(text, "body_area")


@pytest.mark.parametrize(
    "text",
    [
        "is retinol fine after my pregnancy",
        "gave birth 5 months ago, may I start retinol",
        "got them when I was pregnant",
    ],
)
def test_a_pregnancy_that_is_over_is_neither_one_now_nor_a_baby(named: Named, text: str) -> None:
    assert named(text, "audience") == ["after_pregnancy"]


@pytest.mark.parametrize(
    "text", ["retinol if I was pregnant", "retinol after my pregnancy test was positive", "I am 8 weeks pregnant"]
)
def test_a_pregnancy_that_may_be_is_one(named: Named, text: str) -> None:
    assert named(text, "audience") == ["pregnancy"]


def test_a_baby_of_a_few_weeks_is_one_though_its_birth_is_told(named: Named) -> None:
    assert named("I had my baby two weeks ago and she has dots", "audience") == ["baby"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("do milk spots go by themselves", "baby"),
        ("milk spots on my baby", "baby"),
        ("milk spots in adults", "adult"),
        ("I'm 52 and have milk spots", "adult"),
        ("I have milk spots under my eyes", "adult"),
        ("milk spots under my eyes", "adult"),
    ],
)
def test_milk_spots_mean_a_baby_where_no_adult_is_named(named: Named, text: str, first: str) -> None:
    assert named(text, "audience")[0] == first


@pytest.mark.parametrize("text", ["im 41", "41f", "aged 41", "a 41-year-old", "41 y/o"])
def test_an_age_is_understood_as_people_write_it(named: Named, text: str) -> None:
    assert named(text, "audience") == ["adult"]


def test_what_is_denied_behind_its_name_is_not_named(named: Named) -> None:
    assert named("pimples they are not, I had enough of those", "condition") == []
