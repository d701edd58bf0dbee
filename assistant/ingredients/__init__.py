"""Reads a pasted label, recognises its ingredients and says what is known of them and milia.

The public surface: `looks_like_label`, `check`, `details`, `CheckResult`, `follow_ups`, `inci`, `name_key`.
Imports neither Rasa nor spaCy.
"""

from assistant.ingredients import follow_ups
from assistant.ingredients.checker import CheckResult, check
from assistant.ingredients.details import details
from assistant.ingredients.label import looks_like_label
from assistant.ingredients.lexicon import inci
from assistant.ingredients.names import key as name_key

__all__ = ["CheckResult", "check", "details", "follow_ups", "inci", "looks_like_label", "name_key"]
