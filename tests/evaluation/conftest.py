"""Quiets Rasa before any module here imports it."""

from __future__ import annotations

from assistant import runtime

runtime.set_environment()
