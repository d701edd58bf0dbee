from __future__ import annotations

from assistant import runtime

runtime.set_environment()

from tests.channels.served import served  # noqa: E402, F401
