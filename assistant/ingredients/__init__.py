"""Reads a pasted label, recognises its ingredients and says what is known of them and milia.

The public surface is what `__all__` names. Imports neither Rasa nor spaCy.
"""

from assistant.ingredients import follow_ups
from assistant.ingredients.brands import asks_of_brand
from assistant.ingredients.checked import ASKS, Checked, answer, says_continued, says_parted, to_ask
from assistant.ingredients.checker import CheckResult, check
from assistant.ingredients.comparing import compares
from assistant.ingredients.continuing import continues
from assistant.ingredients.details import details
from assistant.ingredients.label import looks_like_label
from assistant.ingredients.lexicon import inci
from assistant.ingredients.longest import longest, titles
from assistant.ingredients.names import key as name_key

__all__ = [
    "ASKS",
    "CheckResult",
    "Checked",
    "answer",
    "asks_of_brand",
    "check",
    "compares",
    "continues",
    "details",
    "follow_ups",
    "inci",
    "longest",
    "looks_like_label",
    "name_key",
    "says_continued",
    "says_parted",
    "titles",
    "to_ask",
]
