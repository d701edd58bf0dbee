"""Prepares a process for Rasa: no telemetry, no text of visitors in a log, no noise, and two cores used well."""

from __future__ import annotations

import logging
import os
import warnings

# TensorFlow is imported by Rasa and computes nothing here; without these it starts a thread pool and prints notices.
ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
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
    # What the variable does for child processes, for this one.
    warnings.filterwarnings("ignore", category=DeprecationWarning)


def prepare() -> None:
    """Import Rasa with its logging configured; raise ValueError where LOG_LEVEL would log what visitors type."""
    set_environment()
    level = logging.getLevelName(os.environ["LOG_LEVEL"])
    if not isinstance(level, int) or level < logging.INFO:
        raise ValueError("LOG_LEVEL must be INFO, WARNING, ERROR or CRITICAL: below INFO Rasa logs what visitors type.")
    import sanic  # noqa: F401  (its own filter for warnings must not come after ours)
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(level)
    configure_structlog(level)
    # Rasa puts filters of its own in front.
    warnings.filterwarnings("ignore", category=DeprecationWarning)
