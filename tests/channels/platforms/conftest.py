from __future__ import annotations

import pytest

from assistant import runtime

runtime.set_environment()
pytest.register_assert_rewrite("tests.channels.platforms.bots", "tests.channels.simulated")

from tests.channels.platforms.bots import bots  # noqa: E402, F401
