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


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("daughter 9 has a dot on her lid", "child"),
        ("son is 7, will it hurt", "child"),
        ("girl (4) with white dots", "child"),
        ("she is 18 months and has a bump", "child"),
        ("my daughter 16 months has dots", "child"),
        ("i'm only 9", "child"),
        ("am 15, can i use it", "teenager"),
        ("15yo with dots", "teenager"),
        ("niece is 14", "teenager"),
        ("my daughter 16 wants them gone", "teenager"),
        ("son (3 weeks old) has dots", "baby"),
        ("she is 2 weeks old", "baby"),
        ("turned 3 months", "baby"),
        ("the little ones at home have it", "baby"),
        ("are they common in little ones", "baby"),
        ("she's 6 months pregnant", "pregnancy"),
        ("am 15 weeks pregnant", "pregnancy"),
    ],
)
def test_an_age_says_whom_it_is_about(named: Named, text: str, whom: str) -> None:
    assert named(text, "audience") == [whom]


@pytest.mark.parametrize(
    "text",
    [
        "15 little ones under my eyes",
        "had them since I was a kid and tried everything",
        "it came when i was little",
        "i had one as a child",
        "acne since i was 15",
        "started at age 12",
    ],
)
def test_a_number_of_bumps_or_a_past_childhood_is_nobody(named: Named, text: str) -> None:
    assert named(text, "audience") == []


@pytest.mark.parametrize("text", ["dots where my cpap mask sits", "i'm wearing a mask at work"])
def test_a_mask_that_is_worn_is_no_cosmetic_mask(named: Named, text: str) -> None:
    assert named(text, "product_type") == ["worn_mask"]


def test_a_cosmetic_mask_is_one(named: Named) -> None:
    assert named("did my sheet mask do this", "product_type") == ["mask"]


@pytest.mark.parametrize("text", ["one on my wet line", "on the inner edge of lid", "inner edge of my lower lid"])
def test_the_edge_of_the_lid_has_many_names(named: Named, text: str) -> None:
    assert named(text, "body_area") == ["eye_edge"]
