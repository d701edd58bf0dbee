"""One canonical form of a message's text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import normalise


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        ("  a \t b\u00a0 c ", "a b c"),
        ("a\r\nb\rc\n", "a\nb\nc"),
        ("a\n \n\n\t\nb", "a\n\nb"),
        ("it\u2019s \u201cfine\u201d \u2013 no\u2026", 'it\'s "fine" - no...'),
        ("mi\u200blia\u00ad\ufeff", "milia"),
        ("cafe\u0301", "caf\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("a\x00b\x07c", "a b c"),
        ("\ud800", ""),
        ("\u202egreet/", "greet/"),
    ],
)
def test_text_has_one_form(text, canonical):
    assert normalise(text) == canonical


@given(st.text(alphabet=st.characters() | st.sampled_from("e\u0301\u200b\u2026\r\n \u2019")))
def test_what_was_normalised_stays_as_it_is(text):
    once = normalise(text)
    assert normalise(once) == once
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")
