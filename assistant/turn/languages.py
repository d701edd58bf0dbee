"""Tells whether a message is in another language than English, offline and in a millisecond."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from assistant.files import DATA, read_yaml

ENGLISH = "en"

# Fewer words than this say too little: names, typos and "milia" itself look foreign.
FEWEST_WORDS = 2
# Of a foreign sentence at most about a third of the words also occur in our English phrases ("me", "on", "as").
MOST_ENGLISH = 0.5
# py3langid's share for its best guess; below it short English with slips is taken for Dutch or Spanish. Where not one
# word is known to us, less is enough.
LEAST_SHARE = 0.85
LEAST_SHARE_ALL_UNKNOWN = 0.6

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru", "ARABIC": "ar"}
_SCRIPTS |= {"DEVANAGARI": "hi", "GREEK": "el", "HEBREW": "he", "THAI": "th"}
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`; English where there is doubt."""
    words = _WORD.findall(text)
    script = _script(text)
    if script:
        return "uk" if script == "ru" and _UKRAINIAN.search(text) else script
    known = _known(words) if len(words) >= FEWEST_WORDS else 1.0
    if known > MOST_ENGLISH:
        return ENGLISH
    language, share = _identifier().classify(text.lower())
    return str(language) if share >= (LEAST_SHARE if known else LEAST_SHARE_ALL_UNKNOWN) else ENGLISH


def _script(text: str) -> str | None:
    """Return the language of the script that most letters of `text` are in, None for Latin letters."""
    letters = [character for character in text if character.isalpha()]
    scripts = Counter(unicodedata.name(letter, "?").split()[0].partition("-")[0] for letter in letters)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * len(letters):
        return "ja"
    name, count = scripts.most_common(1)[0] if scripts else ("", 0)
    return _SCRIPTS.get(name) if count > len(letters) / 2 else None


def _known(words: Iterable[str]) -> float:
    found = [word.lower() in _vocabulary() for word in words]
    return sum(found) / len(found)


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
def _identifier() -> LanguageIdentifier:
    """Tell apart English and the languages that a sentence was prepared for; ninety others would only mislead."""
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages([ENGLISH, *read_yaml(DATA / "language" / "languages.yml")])
    return identifier
