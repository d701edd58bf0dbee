import pytest

from assistant.referral.lexicon import Lexicon
from assistant.referral.words import split


def found(terms, message, **others):
    lexicon = Lexicon({**others.pop("groups", {}), "sign": terms}, **others)
    return [(hit.first, hit.last) for hit in lexicon.find(split(message))["sign"]]


@pytest.mark.parametrize(
    ("term", "message", "places"),
    [
        ("fever", "a fever now", [(1, 1)]),
        ("bleed*", "it bleeds and is bleeding", [(1, 1), (4, 4)]),
        ("bleed*", "it bled", []),
        ("hot ~ lump", "hot red lump", [(0, 2)]),
        ("hot ~ lump", "hot red sore lump", []),
        ("in .. eye", "in both of my eye", [(0, 4)]),
        ("in .. eye", "in one. my eye", []),
        ("a ... b", "a x x x x x x b", [(0, 7)]),
        ("eye !area", "my eye area", []),
        ("eye !area", "my eye", [(1, 1)]),
        ("eye !cre*", "eye creams", []),
        ("gone |", "all gone, thanks", [(1, 1)]),
        ("gone |", "gone red", []),
        ("<38-42> c", "38.5 c", [(0, 1)]),
        ("<38-42> c", "36 c", []),
        ("<.38-42>", "aged 39", []),
        ("<.38-42>", "39.1", [(0, 0)]),
        ("<1-6> weeks", "six weeks", [(0, 1)]),
        ("{who} cries", "my baby cries", [(1, 2)]),
        ("{who}/son cries", "my baby cries", [(1, 2)]),
        ("{who}/son cries/scream*", "our son screams", [(1, 2)]),
        ("{who}/son cries/scream*", "our cat screams", []),
    ],
)
def test_a_term_is_found_where_it_stands(term, message, places):
    assert found([term], message, groups={"who": ["baby"]}) == places


def test_a_hit_inside_a_longer_one_of_its_group_is_left_out():
    assert found(["bleeding", "wont stop bleeding"], "it wont stop bleeding") == [(1, 3)]


@pytest.mark.parametrize("written", ["swolen", "swollenn", "sowllen", "swallen"])
def test_one_wrong_letter_is_understood_only_where_the_word_is_listed(written):
    message = f"it is {written}"
    assert found(["swollen"], message, understood=frozenset({"swollen"})) == [(2, 2)]
    assert found(["swollen"], message) == []


def test_a_word_of_its_own_is_no_misspelling():
    assert found(["swelling"], "selling", understood=frozenset({"swelling"}), real=frozenset({"selling"})) == []
    assert found(["infection"], "injection", understood=frozenset({"infection"}), real=frozenset({"injection"})) == []


@pytest.mark.parametrize(
    ("terms", "reason"), [(["{who}"], "not defined"), ([".. a"], "begins with no word"), ([True], "no text")]
)
def test_a_term_that_cannot_be_used_is_refused_with_its_name(terms, reason):
    with pytest.raises(ValueError, match=reason):
        Lexicon({"sign": terms})
