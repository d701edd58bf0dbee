"""Prepares a process for Rasa: no telemetry, no text of visitors in a log, no noise, and two cores used well."""

from __future__ import annotations

import logging
import os
import sys
import warnings

from assistant import inert

# Set to 1 where config.yml names a component of Rasa's that computes with TensorFlow (DIET, TED, ResponseSelector).
WITH_TENSORFLOW = "ASSISTANT_WITH_TENSORFLOW"

ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # One thread a computation: two turns on two cores then do not fight over them.
    "OMP_NUM_THREADS": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    # Old packages that Rasa pins warn of their own age; our own code is tested with warnings as errors.
    "PYTHONWARNINGS": "ignore::DeprecationWarning",
    # Rasa writes what visitors type at DEBUG only; a level below INFO is refused by `prepare`.
    "LOG_LEVEL": "WARNING",
}


def set_environment() -> None:
    """Set what has to be set before Rasa is imported; what the owner has set stays."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if os.environ.get(WITH_TENSORFLOW) != "1":
        inert.install()
    # What the variable does for child processes, for this one.
    warnings.filterwarnings("ignore", category=DeprecationWarning)


def silence_old_packages() -> None:
    """Keep packages that Rasa pins from warning of their own age; to be called before Rasa is imported."""
    # Sanic puts a filter of its own in front when it is imported, so it is imported first.
    import sanic  # noqa: F401

    warnings.filterwarnings("ignore", category=DeprecationWarning)
    # These warn while they are imported, and Rasa imports them behind yet another filter.
    import matplotlib  # noqa: F401
    import packaging.requirements  # noqa: F401


def prepare() -> None:
    """Import Rasa with its logging configured; raise ValueError where LOG_LEVEL would log what visitors type."""
    set_environment()
    silence_old_packages()
    level = logging.getLevelName(os.environ["LOG_LEVEL"])
    if not isinstance(level, int) or level < logging.INFO:
        raise ValueError("LOG_LEVEL must be INFO, WARNING, ERROR or CRITICAL: below INFO Rasa logs what visitors type.")
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(level)
    configure_structlog(level)
    # Rasa logs on standard output, which belongs to the answers of a command.
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stdout:
            handler.setStream(sys.stderr)
