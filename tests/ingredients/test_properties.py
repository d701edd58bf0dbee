"""What holds for every text, however odd."""

import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.labels import slow_texts
from assistant.ingredients import check, looks_like_label
from assistant.ingredients.lexicon import load_lexicon
from assistant.ingredients.reader import read
from assistant.ingredients.units import mask_tags
from assistant.text import normalise

LEXICON = load_lexicon()
LONGEST_SUMMARY = 700
SLOW = slow_texts()
MOST_WORK_FOR_TWICE = 2.2
SOME_WORK = 2_000
NAMES = sorted({name for item in LEXICON.ingredients for name in (item.inci, *item.synonyms)})
INCIS = sorted(item.inci for item in LEXICON.ingredients)
BITS = [
    *"()[]{}<>,;:.•·/\\*%+-=\n\t\"'&|0123456789",
    *(" ", ", ", "\n\n", " - ", "1,2-", "10%", "<br/>", "(and)", "+/- "),
    *(
        "Ingredients:",
        "İNGREDİENTS:",
        "Active ingredients:",
        "Inactive Ingredients:",
        "May contain",
        "free from",
        "without",
        "Water/Aqua/Eau",
    ),
    *("petrolatum", "Butyrospermum Parkii (Shea) Butter", "retinil palmitate", "Dimethicone", "crosspolymer", "peg-40"),
    *("the skin", "is it ok?", "é", "e\u0301", "水", "\u200b", "\x00", "\ud800", "İ", "ﬁ", "Ⅷ"),
]
odd_texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(BITS), max_size=60).map("".join))
# What repeats for the length of the longest label that is let in.
LONGEST_LABEL = 8_000
NASTY = st.lists(st.sampled_from(BITS), min_size=1, max_size=4).map("".join)


@given(odd_texts)
@settings(deadline=None, max_examples=300)
def test_any_text_gets_a_short_summary_that_json_can_carry(text):
    result = check(text)
    assert 0 < len(result.summary) <= LONGEST_SUMMARY
    assert json.loads(json.dumps(result.as_dict())) == result.as_dict()
    assert isinstance(looks_like_label(text), bool)


@given(odd_texts)
@settings(deadline=None, max_examples=300)
def test_every_span_holds_what_was_written_in_the_text_as_given(text):
    for product in check(text).as_dict()["products"]:
        named = [(item["span"], item["as_written"]) for item in product["ingredients"]]
        named += list(zip(product["unrecognised_spans"], product["unrecognised"], strict=True))
        for (start, end), written in named:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == written


@given(odd_texts)
@settings(deadline=None, max_examples=300)
def test_everything_read_stands_in_the_text_and_in_its_order(text):
    text = mask_tags(normalise(text))
    for product in read(text, LEXICON):
        ends = 0
        for item in product.items:
            assert text[item.start : item.end] == item.as_written
            assert item.as_written.strip()
            assert item.start >= ends
            ends = item.end


@given(odd_texts)
@settings(deadline=None, max_examples=200)
def test_positions_count_up_within_each_part_of_a_list(text):
    for product in check(text).as_dict()["products"]:
        for part in ("ingredient", "active", "may_contain"):
            places = [item["position"] for item in product["ingredients"] if item["listed_as"] == part]
            assert places == sorted(set(places))
            assert all(place >= 1 for place in places)


@given(
    st.lists(st.sampled_from(INCIS), min_size=3, max_size=40, unique=True), st.sampled_from([", ", "; ", "\n", " • "])
)
@settings(deadline=None, max_examples=200)
def test_a_list_of_known_names_comes_back_whole_and_in_order(incis, separator):
    items = [item for product in read(separator.join(incis), LEXICON) for item in product.items]
    assert [item.ingredient.inci for item in items] == incis


@given(NASTY)
@settings(deadline=None, max_examples=25)
def test_a_nasty_text_of_the_greatest_length_is_read_to_its_end(bit):
    text = (bit * LONGEST_LABEL)[:LONGEST_LABEL]
    assert check(text).summary
    assert check("Ingredients: Water, Glycerin, Lanolin, " + text).summary


def work(text):
    """How many functions, also those written in C, a check calls."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    check(text)
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        check(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("name", sorted(SLOW))
def test_the_work_grows_with_the_length_alone(name):
    """Time cannot be trusted on a busy machine, work can: twice the text may take little more than twice of it."""
    half, whole = (work(SLOW[name][:length]) for length in (1_000, 2_000))
    assert whole <= MOST_WORK_FOR_TWICE * half + SOME_WORK


@given(st.lists(st.sampled_from(NAMES), min_size=3, max_size=30), st.sampled_from([", ", "; ", "\n", " • ", " | "]))
@settings(deadline=None, max_examples=200)
def test_what_was_read_is_read_again_just_so(names, separator):
    first = [item for product in check("Ingredients: " + separator.join(names)).products for item in product.known]
    again = check("Ingredients: " + ", ".join(item.item.as_written for item in first))
    assert [item.ingredient.inci for product in again.products for item in product.known] == [
        item.ingredient.inci for item in first
    ]
