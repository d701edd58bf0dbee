"""Two ingredients, or two kinds of product, that are set side by side."""

import pytest

from assistant.ingredients import check, compares
from assistant.ingredients.lexicon import load_words

COMPARING = load_words().comparing


@pytest.mark.parametrize(
    ("text", "linked", "other"),
    [
        ("is squalane better than mineral oil for milia", "mineral oil", "squalane"),
        ("lanolin vs niacinamide", "lanolin", "niacinamide"),
        ("which is worse for milia, beeswax or glycerin?", "beeswax", "glycerin"),
        ("gel or cream", "heavy face creams", "light gels"),
        ("should i use a lotion or a balm", "thick balms", "light lotions"),
        ("is a serum better than a face oil", "face oils", "serums"),
    ],
)
def test_the_one_that_is_linked_is_named_first_and_both_are_told_of(text, linked, other):
    assert compares(text)
    summary = check(text).summary
    assert summary.startswith(COMPARING["some"].format(names=f"**{linked}**"))
    assert f"**{other}**" in summary.lower()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lanolin or beeswax, which is worse", "all"),
        ("does squalane or dimethicone clog more", "none"),
        ("cleansing balm or micellar water, which is better", "none"),
    ],
)
def test_where_all_or_none_is_linked_that_is_said(text, said):
    assert compares(text)
    assert check(text).summary.startswith(COMPARING[said])


@pytest.mark.parametrize(
    "text",
    [
        "is lanolin bad for milia",
        "does a cream with lanolin and beeswax cause milia",
        "adapalene or tretinoin",
        "is it from my moisturizer, and do i need a sunscreen",
        "i wear a moisturizer and on some days a sunscreen or nothing",
        "is this milia or a whitehead",
        "gel",
    ],
)
def test_other_questions_compare_nothing(text):
    assert not compares(text)
    assert not check(text).summary.startswith(COMPARING["all"])


def test_a_texture_counts_only_where_it_is_compared():
    assert check("my cream").kind == "no_list"
    assert check("gel or cream").product_types == ("gel", "moisturizer")
