"""What the ingredient files promise, whoever edits them next."""

import pytest

from assistant.ingredients.lexicon import LexiconError, _index, load_lexicon, load_words
from assistant.ingredients.names import key
from assistant.ingredients.schema import GRADES, Ingredient

LEXICON = load_lexicon()
WORDS = load_words()
PRODUCT_TYPES = (
    "eye_cream moisturizer facial_oil balm ointment sunscreen foundation concealer primer powder eye_makeup "
    "cleansing_balm cleanser makeup_remover serum toner mask lip_balm hair_product baby_lotion body_lotion"
)


def test_the_lexicon_holds_all_the_researched_ingredients():
    assert len(LEXICON.ingredients) >= 336


def test_every_claim_about_milia_names_its_source():
    bare = [
        item.inci
        for item in LEXICON.ingredients
        if item.relation not in ("neutral", "comedogenic") and not item.sources
    ]
    assert bare == []


def test_every_rating_says_where_it_comes_from_and_runs_upward():
    for item in LEXICON.ingredients:
        rating = item.comedogenicity
        if rating:
            assert rating.origins, item.inci
            assert rating.min is None or rating.min <= rating.max, item.inci


def test_a_comedogenic_ingredient_has_no_better_grade_than_a_proxy():
    assert {item.best_grade for item in LEXICON.ingredients if item.relation == "comedogenic"} == {"P"}


def test_the_guide_is_cited_only_where_it_speaks_of_the_ingredient_or_its_class():
    for item in LEXICON.ingredients:
        assert ("guide" in item.sources) == (item.named_in_guide != "no"), item.inci


def test_every_retinoid_carries_pregnancy_sun_and_eye_area():
    for item in LEXICON.ingredients:
        if item.family == "retinoids":
            assert {"pregnancy", "sun", "eye_area"} <= set(item.cautions), item.inci


def test_every_acid_that_prevents_keeps_its_distance_from_the_eye_and_an_aha_carries_the_sun_line():
    acids = [item for item in LEXICON.ingredients if item.family == "acids" and item.relation == "preventive"]
    assert all("eye_area" in item.cautions for item in acids)
    assert all("sun" in item.cautions for item in acids if item.inci != "Salicylic Acid")


def test_every_steroid_and_prescription_retinoid_says_to_ask_who_prescribed_it():
    prescribed = {"Tretinoin", "Tazarotene", "Trifarotene", "Isotretinoin", "Ciclosporin"}
    for item in LEXICON.ingredients:
        if item.relation == "steroid" or item.inci in prescribed:
            assert "prescription" in item.cautions, item.inci


def test_no_retinoid_is_told_to_be_kept_on_with_as_it_is_not_for_pregnancy():
    kept_on = {item.family for item in LEXICON.ingredients if "keep_on" in item.cautions}
    assert kept_on == {"steroids", "medicines"}


def test_every_caution_has_its_words():
    known = {caution.id for caution in WORDS.cautions}
    assert {caution for item in LEXICON.ingredients for caution in item.cautions} <= known
    assert all(code in LEXICON.origins for caution in WORDS.cautions for code in caution.sources)
    assert all(code in LEXICON.origins for codes in WORDS.sources.values() for code in codes)


def test_every_grade_has_its_words():
    assert set(WORDS.grades) == set(GRADES)


def test_every_kind_of_product_has_words_phrases_and_known_sources():
    assert {item.id for item in LEXICON.product_types} == set(PRODUCT_TYPES.split())
    for item in LEXICON.product_types:
        assert item.phrases, item.id
        assert WORDS.product_notes[item.note]


def test_protected_pairs_are_names_of_two_different_ingredients():
    for one, other in LEXICON.reading.protected_pairs:
        assert LEXICON.by_key[key(one)] is not LEXICON.by_key[key(other)]


def test_a_name_of_two_ingredients_is_refused():
    shared = {"relation": "neutral", "grade": "N", "synonyms": ["Shared Name"]}
    with pytest.raises(LexiconError, match="Shared Name"):
        _index([Ingredient(inci="One", **shared), Ingredient(inci="Two", **shared)])


def test_an_unknown_grade_is_refused():
    with pytest.raises(ValueError, match="unknown part"):
        Ingredient(inci="One", relation="neutral", grade="G+X")


@pytest.mark.parametrize(
    ("inci", "relation"),
    [
        ("Petrolatum", "associated"),
        ("Isopropyl Myristate", "comedogenic"),
        ("Retinol", "preventive"),
        ("Squalane", "alternative"),
        ("Hydrocortisone", "steroid"),
        ("Ciclosporin", "associated"),
        ("Sodium Chloride", "neutral"),
        ("Squalene", "neutral"),
    ],
)
def test_the_relation_follows_the_research(inci, relation):
    assert LEXICON.by_key[key(inci)].relation == relation
