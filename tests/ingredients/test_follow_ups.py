"""What is answered when somebody asks about a list that was read."""

import re

import pytest
import textstat

from assistant.ingredients import check, follow_ups
from assistant.ingredients.lexicon import load_words
from assistant.ingredients.summary import LONGEST_SUMMARY, MOST_SOURCES

WORDS = load_words().follow_ups
CREAM = (
    "Night Cream\nIngredients: Water, Petrolatum, Mineral Oil, Glycerin, Isopropyl Myristate, Retinol 0.3%, Squalane, "
    "Glurbium Oxide, Dimethicone"
)
PLAIN = "Water, Glycerin, Xanthan Gum, Citric Acid"
STEROID = "Ingredients: Water, Hydrocortisone 1%, Petrolatum, Glycerin, Xanthan Gum"
KIT = "Cleanser: Water, Glycerin, Sorbitol\n\nBalm: Petrolatum, Beeswax, Shea Butter, Talc"
EVERY = [follow_ups.worst, follow_ups.good, follow_ups.instead, follow_ups.unknown, follow_ups.more]


@pytest.mark.parametrize("answer", EVERY)
@pytest.mark.parametrize("text", [CREAM, PLAIN, STEROID, KIT, CREAM + "\n\n" + KIT, "is lanolin ok", "hello"])
def test_every_answer_is_short_easy_and_has_few_sources(answer, text):
    said = answer(check(text))
    assert 0 < len(said.text) <= LONGEST_SUMMARY
    assert "{" not in said.text
    assert len(said.sources) <= MOST_SOURCES


def test_the_strongest_evidence_comes_first_not_the_first_place():
    said = follow_ups.worst(check(CREAM)).text
    assert said.startswith("Of the two, I would look at **mineral oil** (3rd of 9) first.")
    assert load_words().grades["C"] in said
    assert load_words().caveat in said


def test_what_has_the_same_evidence_is_not_ranked():
    said = follow_ups.worst(check("Water, Beeswax, Ozokerite, Ceresin, Talc")).text
    assert said.startswith("I cannot rank **beeswax** (2nd of 5), **ozokerite** (3rd of 5) and **ceresin** (4th of 5).")


def test_where_nothing_is_linked_nothing_stands_out_but_the_hints_are_said():
    said = follow_ups.worst(check("Water, Glycerin, Isopropyl Myristate, Dimethicone")).text
    assert said.startswith(WORDS.counts_none)
    assert "**Isopropyl myristate** is rated high" in said
    assert "web pages blame **dimethicone**" in said


def test_a_steroid_is_never_told_to_be_swapped_or_stopped():
    assert follow_ups.worst(check(STEROID)).text.startswith("**Hydrocortisone** is a steroid.")
    said = follow_ups.instead(check(STEROID)).text
    assert "In place of a product with **petrolatum**" in said
    assert WORDS.instead_prescribed.format(names="**Hydrocortisone**") in said
    assert "Do not stop a prescribed one on your own" in said
    only = follow_ups.instead(check("Ingredients: Water, Hydrocortisone 1%")).text
    assert load_words().lighter not in only


def test_good_names_what_prevents_and_what_is_lighter_with_their_cautions():
    said = follow_ups.good(check(CREAM)).text
    assert "**retinol**" in said
    assert "**squalane**" in said
    assert "Retinoids are not advised in pregnancy." in said
    assert follow_ups.good(check(PLAIN)).text == WORDS.good_none


def test_a_swap_is_offered_where_there_is_something_to_swap():
    assert follow_ups.instead(check(CREAM)).text.startswith(
        "In place of a product with **petrolatum** and **mineral oil**"
    )
    assert follow_ups.instead(check(PLAIN)).text.startswith(WORDS.instead_none)
    assert all(load_words().lighter in follow_ups.instead(check(text)).text for text in (CREAM, PLAIN))


def test_unknown_names_are_shown():
    assert '"Glurbium Oxide"' in follow_ups.unknown(check(CREAM)).text
    assert follow_ups.unknown(check(PLAIN)).text == WORDS.unknown_none


def test_the_long_answer_has_a_line_for_each_name_that_matters():
    text = "Water, Petrolatum, Retinol, Squalane, Isopropyl Myristate"
    lines = [line for line in follow_ups.more(check(text)).text.split("\n") if line.startswith("- ")]
    assert [line.split("**")[1] for line in lines] == ["Petrolatum", "Isopropyl myristate", "Retinol", "Squalane"]
    assert "(2nd of 5): Linked with milia in some people; no study proves it." in lines[0]
    assert follow_ups.more(check(PLAIN)).text == WORDS.more_none


def test_a_long_answer_that_does_not_fit_counts_the_rest():
    said = follow_ups.more(check(CREAM)).text
    assert "- **Petrolatum** (2nd of 9)" in said
    assert re.search(r"\n- and \d more\n", said)


def test_two_products_are_set_side_by_side():
    said = follow_ups.compare([check(KIT)]).text
    assert "- **Cleanser:** no name that is linked with milia" in said
    assert "**Cleanser** has fewer names that are linked with milia (0 against 3)." in said
    assert WORDS.compare_limit in said
    assert follow_ups.compare([check(CREAM), check(CREAM)]).text.count("- **Night Cream:**") == 2
    assert follow_ups.compare([check(CREAM)]).text == WORDS.compare_one
    assert follow_ups.compare([]).text == WORDS.nothing_read


def test_the_product_is_named_where_there_are_several():
    assert "**lanolin** in Balm first" in follow_ups.worst(check(KIT.replace("Talc", "Lanolin"))).text


@pytest.mark.parametrize("answer", EVERY)
def test_without_a_list_the_list_is_asked_for(answer):
    assert answer(check("hello")).text == WORDS.nothing_read


@pytest.mark.parametrize("answer", [follow_ups.worst, follow_ups.good, follow_ups.instead])
def test_answers_are_easy_to_read(answer):
    for text in (CREAM, PLAIN, STEROID, KIT):
        said = answer(check(text)).text.replace("**", "")
        for name in ("petrolatum", "mineral oil", "hydrocortisone", "Hydrocortisone", "squalane", "retinol", "beeswax"):
            said = said.replace(name, "oil")
        assert textstat.flesch_kincaid_grade(said.replace("milia", "bumps")) <= 8.0, said
