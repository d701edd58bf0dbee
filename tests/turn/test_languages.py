from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.files import DATA, read_yaml
from assistant.turn.languages import ENGLISH, detect

PREPARED = read_yaml(DATA / "language" / "languages.yml")


@pytest.mark.parametrize("code", PREPARED)
def test_every_language_that_has_a_sentence_is_told_by_it(code: str) -> None:
    text = PREPARED[code]["text"].replace("{contact}", "").replace("{emergency_number}", "911")
    assert detect(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("comment enlever les grains de milium", "fr"),
        ("wie werde ich die kleinen weißen pickel los", "de"),
        ("¿cómo quito los milia de la cara?", "es"),
        ("как убрать милиумы", "ru"),
        ("як прибрати міліуми з обличчя", "uk"),
        ("如何去除脂肪粒", "zh"),
        ("稗粒腫の取り方を教えてください", "ja"),
        ("비립종 없애는 방법", "ko"),
        ("كيف أتخلص من الحبوب البيضاء", "ar"),
    ],
)
def test_questions_in_other_languages_are_told(text: str, code: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "milia?",
        "malia on eylid",
        "hola",
        "does it hurt",
        "Avène Cicalfate",
        "L'Oréal Revitalift",
        "Estée Lauder",
        "how long do they last",
        "is La Roche-Posay Effaclar ok",
        "does Avène Cicalfate cause milia",
        "my café façade is naïve, are these milia",
        "😀😀 milia 😀",
        "12345 !!",
        "/greet",
    ],
)
def test_english_and_what_says_too_little_stays_english(text: str) -> None:
    assert detect(text) == ENGLISH


def _phrases() -> list[str]:
    entries = [entry for path in sorted((DATA / "nlu").glob("*.yml")) for entry in read_yaml(path)["nlu"]]
    return [line[2:].strip() for entry in entries for line in entry["examples"].splitlines() if line.strip()]


def test_no_phrase_of_ours_is_taken_for_another_language() -> None:
    assert [phrase for phrase in _phrases() if detect(phrase) != ENGLISH] == []


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert len(detect(text)) == 2


@given(st.text(alphabet=string.digits + string.punctuation + string.whitespace))
def test_text_without_letters_is_english(text: str) -> None:
    assert detect(text) == ENGLISH
