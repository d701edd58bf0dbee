"""Ages told as bare numbers, and words that sound like somebody or something and name neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy

from assistant.nlu import language

Named = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Named:
    """Return what finds the values of one entity in a text, in order."""
    folder = tmp_path_factory.mktemp("built") / "language"
    language.build(folder)
    pipeline = spacy.load(folder)
    return lambda text, entity: [span.ent_id_ for span in pipeline(text).ents if span.label_ == entity]


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
