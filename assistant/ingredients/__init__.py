"""Reads a pasted label, recognises its ingredients and says what is known of them and milia.

The public surface: `looks_like_label`, `check`, `CheckResult`. Imports neither Rasa nor spaCy.
"""

from assistant.ingredients.checker import CheckResult, check
from assistant.ingredients.label import looks_like_label

__all__ = ["CheckResult", "check", "looks_like_label"]
