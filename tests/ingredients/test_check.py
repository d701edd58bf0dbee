"""The whole check, as other parts and the command line see it."""

import json
import subprocess
import sys

import pytest

from assistant.files import ROOT
from assistant.ingredients import check
from assistant.ingredients.lexicon import load_words
from assistant.ingredients.summary import MOST_SOURCES

LONGEST_SUMMARY = 700
LABEL = (
    "Night Cream\nIngredients: Water, Mineral Oil, Glycerin, Isopropyl Myristate, Petrolatum, Retinol 0.3%, Squalane, "
    "Glurbium Oxide, Dimethicone. May contain: Talc, CI 77491"
)
KINDS = [
    (LABEL, "label"),
    ("is vaseline ok for milia", "ingredient"),
    ("does my cleansing balm cause milia", "product_type"),
    ("does CeraVe cause milia", "no_list"),
    ("", "no_list"),
    ("-Squalane: Softens the dry skin.\n-Shea Butter: Gives the skin comfort.", "no_list"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_says_what_was_read(text, kind):
    result = check(text)
    assert result.kind == kind
    assert bool(result.products) == (kind in ("label", "ingredient"))


def test_the_dict_is_the_contract():
    result = check(LABEL).as_dict()
    assert list(result) == ["kind", "products", "summary"]
    (product,) = result["products"]
    assert product["title"] == "Night Cream"
    assert product["unrecognised"] == ["Glurbium Oxide"]
    assert [LABEL[slice(*span)] for span in product["unrecognised_spans"]] == ["Glurbium Oxide"]
    assert product["contexts"] == ["leave_on"]
    assert product["ingredients"][5] == {
        "as_written": "Retinol",
        "inci": "Retinol",
        "position": 6,
        "percent": 0.3,
        "relation": "preventive",
        "grade": "G",
        "listed_as": "ingredient",
        "span": [LABEL.index("Retinol"), LABEL.index("Retinol") + len("Retinol")],
        "total": 9,
        "read_as": None,
        "sources_disagree": False,
    }
    assert product["ingredients"][-1]["listed_as"] == "may_contain"
    assert json.loads(json.dumps(result)) == result


def test_unknown_names_count_in_the_position():
    (product,) = check(LABEL).as_dict()["products"]
    assert {item["inci"]: item["position"] for item in product["ingredients"]}["Dimethicone"] == 9


def test_what_is_linked_with_milia_comes_first_with_its_place():
    assert check(LABEL).summary.startswith(
        "Two names on this list are linked with milia: **mineral oil** (2nd of 9) and **petrolatum** (5th of 9)."
    )


def test_a_summary_says_the_evidence_the_cautions_and_the_limit():
    summary = check(LABEL).summary
    words = load_words()
    assert words.grades["C"] in summary
    assert words.caveat in summary
    wanted = ("pregnancy", "sun", "eye_area")
    assert all(caution.text in summary for caution in words.cautions if caution.id in wanted)


def test_a_weak_link_is_not_called_a_link():
    summary = check("Water, Glycerin, Dimethicone, Cetyl Alcohol").summary
    assert summary.startswith(load_words().label.none)
    assert "web pages blame **dimethicone**" in summary


def test_a_steroid_comes_first_and_is_kept():
    summary = check("Ingredients: Water, Hydrocortisone 1%, Petrolatum, Glycerin").summary
    assert summary.startswith("**Hydrocortisone** is a steroid.")
    assert "Do not stop a prescribed one on your own" in summary


def test_a_corrected_spelling_is_shown():
    assert '"petrolatem"' in check("is petrolatem bad").summary


def test_a_kind_is_answered_as_a_kind():
    assert check("does silicone cause milia").summary.startswith("Some web pages blame **silicone**")


def test_capsules_and_creams_are_not_mixed_up():
    summary = check("does accutane cause milia").summary
    assert "must never be taken in pregnancy" in summary
    assert "call your doctor today" in summary
    assert "Keep it off the eyelids" not in summary
    assert "a prescribed one" not in summary
    assert load_words().lighter not in summary


def test_several_products_get_a_line_each():
    text = "Cleanser: Water, Glyceryl Stearate, Sorbitol\n\nBalm: Petrolatum, Beeswax, Shea Butter, Talc"
    lines = check(text).summary.split("\n")
    assert lines[1] == "- **Cleanser:** no name that is linked with milia"
    assert lines[2].startswith("- **Balm:** linked with milia: **petrolatum** (1st of 4)")


def test_a_long_label_is_cut_to_the_limit_but_keeps_the_link_the_cautions_and_the_caveat():
    everything = (
        "Water, Petrolatum, Mineral Oil, Lanolin, Beeswax, Shea Butter, Hydrocortisone, Clobetasol, Isotretinoin, "
        "Tretinoin, Adapalene, Retinol, Retinal, Tazarotene, Glycolic Acid, Isopropyl Myristate, "
        "Isopropyl Palmitate, Oleth-3, Dimethicone, Squalane, Ceramide NP, Disodium EDTA, Isopropyl Palmiate"
    )
    summary = check(everything).summary
    assert len(summary) <= LONGEST_SUMMARY
    assert "linked with milia" in summary
    assert load_words().caveat in summary
    assert "pregnancy" in summary


def test_sources_are_named_and_few():
    sources = check(LABEL).sources
    assert 0 < len(sources) <= MOST_SOURCES
    assert all(set(source) == {"id", "title", "publisher", "year", "url"} for source in sources)
    assert "guide" in {source["id"] for source in sources}


def test_it_needs_no_rasa_and_no_spacy():
    program = (
        "import sys; from assistant.ingredients import check; check('is vaseline ok'); "
        "print([name for name in ('rasa', 'rasa_sdk', 'spacy', 'tensorflow') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
