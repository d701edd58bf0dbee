from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.trained import Trained, loaded


@pytest.fixture(scope="module")
def trained() -> Iterator[Trained]:
    with loaded() as trained:
        yield trained
