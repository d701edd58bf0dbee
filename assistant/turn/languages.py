"""Tells whether a message is in another language than English, offline and in a millisecond."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.files import DATA, read_yaml

ENGLISH = "en"

# Fewer words than this say too little: names, slips and "milia" itself look foreign.
FEWEST_WORDS = 2
# Of a foreign sentence about a third of the words at most also occur in our English phrases ("me", "on", "as").
MOST_ENGLISH = 0.5
# A word of at least four letters that is one slip away from one of ours is ours, misspelt.
SHORTEST_MISSPELT = 4
# Without any everyday word of a language, py3langid must be this sure, and have this many words to be sure from.
LEAST_SHARE = 0.95
LEAST_WORDS = 4

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SCRIPTS = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru", "ARABIC": "ar"}
_SCRIPTS |= {"DEVANAGARI": "hi", "GREEK": "el", "HEBREW": "he", "THAI": "th"}
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`; English where there is doubt."""
    script = _script(text)
    if script:
        return "uk" if script == "ru" and _UKRAINIAN.search(text) else script
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < FEWEST_WORDS or _english(words) >= MOST_ENGLISH:
        return ENGLISH
    own = {language: sum(word in common for word in words) for language, common in _common_words().items()}
    most = max(own.values())
    if most:
        likeliest = [language for language, count in own.items() if count == most]
        return likeliest[0] if len(likeliest) == 1 else _guess(text, likeliest)[0]
    language, share = _guess(text, [ENGLISH, *_common_words()])
    return language if share >= LEAST_SHARE and len(words) >= LEAST_WORDS else ENGLISH


def _script(text: str) -> str | None:
    """Return the language of the script that most letters of `text` are in, None for Latin letters."""
    letters = [character for character in text if character.isalpha()]
    scripts = Counter(unicodedata.name(letter, "?").split()[0].partition("-")[0] for letter in letters)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * len(letters):
        return "ja"
    name, count = scripts.most_common(1)[0] if scripts else ("", 0)
    return _SCRIPTS.get(name) if count > len(letters) / 2 else None


def _english(words: Sequence[str]) -> float:
    """Return the share of `words` that our own phrases and lexicons also hold, slips forgiven."""
    return sum(_is_ours(word) for word in words) / len(words)


def _is_ours(word: str) -> bool:
    if any(word in common for common in _common_words().values()):
        return False
    if word in _vocabulary():
        return True
    if len(word) < SHORTEST_MISSPELT or not word.isascii():
        return False
    return process.extractOne(word, _vocabulary_list(), scorer=OSA.distance, score_cutoff=1) is not None


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Every word of our own phrases and lexicons: the English that people use here."""
    texts: list[str] = []
    for path in (DATA / "nlu").glob("*.yml"):
        texts += [entry["examples"] for entry in read_yaml(path)["nlu"]]
    for path in (DATA / "entities").glob("*.yml"):
        texts += [phrase for value in read_yaml(path)["values"].values() for phrase in value["phrases"]]
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


@lru_cache(maxsize=1)
def _vocabulary_list() -> list[str]:
    return sorted(word for word in _vocabulary() if len(word) >= SHORTEST_MISSPELT)


@lru_cache(maxsize=1)
def _common_words() -> Mapping[str, frozenset[str]]:
    words = {code: frozenset(text.split()) for code, text in read_yaml(DATA / "language" / "common_words.yml").items()}
    shared = words.pop(ENGLISH)
    return {language: common - shared for language, common in words.items()}


def _guess(text: str, languages: Sequence[str]) -> tuple[str, float]:
    identifier = _identifier()
    identifier.set_languages(list(languages))
    language, share = identifier.classify(text.lower())
    return str(language), float(share)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
