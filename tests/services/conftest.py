from __future__ import annotations

import pytest

from assistant import runtime

runtime.set_environment()
pytest.register_assert_rewrite("tests.storage.checks", "tests.storage.promise_checks", "tests.storage.simulated")
