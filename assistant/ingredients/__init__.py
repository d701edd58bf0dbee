"""Reads a pasted label, recognises its ingredients and says what is known of them and milia.

The public surface: `looks_like_label`, `check`, `CheckResult`, `inci`. Imports neither Rasa nor spaCy.
"""

from assistant.ingredients.checker import CheckResult, check
from assistant.ingredients.label import looks_like_label
from assistant.ingredients.lexicon import inci

__all__ = ["CheckResult", "check", "inci", "looks_like_label"]
