"""Loads the trained model as a Rasa agent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant import runtime
from assistant.build import MODEL
from assistant.cli import CallError


def load(endpoint: Any = None, model: Path = MODEL) -> Any:
    """Return the agent with its conversations in memory; `endpoint` is where its actions run.

    Raises CallError where no model was trained yet, or where LOG_LEVEL would log what visitors type.
    """
    if not model.exists():
        raise CallError("There is no trained model yet; run `make train` first.")
    try:
        runtime.prepare()
    except ValueError as error:
        raise CallError(str(error)) from error
    from rasa.core.agent import Agent

    from assistant.storage.lock_store import FairLockStore

    return Agent.load(str(model), action_endpoint=endpoint, lock_store=FairLockStore())
