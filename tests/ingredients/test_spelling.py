"""Which misspellings are forgiven, and which are names of another thing."""

import pytest

from assistant.ingredients.lexicon import load_lexicon
from assistant.ingredients.names import key
from assistant.ingredients.recognise import recognise
from assistant.ingredients.spelling import closest, edits_allowed

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("written", "inci"),
    [
        ("Isopropyl Palmiate", "Isopropyl Palmitate"),
        ("She Butter", "Butyrospermum Parkii Butter"),
        ("Phenoxyethanal", "Phenoxyethanol"),
        ("Beesxax", "Cera Alba"),
        ("Lactic Acd", "Lactic Acid"),
        ("Theobroma Grandflorum Seed Butter", "Theobroma Grandiflorum Seed Butter"),
    ],
)
def test_a_slip_of_the_pen_is_read_as_what_was_meant_and_says_so(written, inci):
    (found,) = recognise(written, LEXICON)
    assert found.ingredient.inci == inci
    assert not found.exact


@pytest.mark.parametrize(
    "written",
    [
        "linolenic acid",
        "caproic acid",
        "maleic acid",
        "sodium gluconate",
        "sorbitan olivate",
        "cetyl stearate",
        "isohexadecene",
        "laureth 7",
        "ceramide eos",
        "ci 77490",
        "methicone",
        "octyldecanol",
        "sea silt",
        "diethanolamine",
        "dilinoleic acid",
        "hornet extract",
        "pearl extract",
    ],
)
def test_another_real_substance_is_never_taken_for_a_slip(written):
    found = closest(written, LEXICON)
    assert found is None or key(found.inci) == written


@pytest.mark.parametrize("written", ["lautic acid", "squalxne", "retinxl"])
def test_a_slip_between_two_names_is_left_unread(written):
    assert closest(written, LEXICON) is None


@pytest.mark.parametrize(
    ("written", "inci"),
    [("squalane", "Squalane"), ("squalene", "Squalene"), ("retinol", "Retinol"), ("retinal", "Retinal")],
)
def test_one_letter_apart_stays_apart(written, inci):
    assert [found.ingredient.inci for found in recognise(written, LEXICON)] == [inci]


def test_more_letters_allow_more_slips():
    assert [edits_allowed(name) for name in ("talc", "lanolin", "isopropyl palmitate")] == [0, 1, 2]
