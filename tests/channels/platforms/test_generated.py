from __future__ import annotations

import pytest

from tests.channels.platforms.bots import Bots
from tests.channels.platforms.generated_checks import check_generated
from tests.channels.simulated.senders import SENDERS


@pytest.mark.parametrize("channel", SENDERS)
async def test_two_hundred_generated_payloads_are_never_a_fault_of_ours(
    bots: Bots, channel: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await check_generated(bots, channel, 200, monkeypatch, caplog)
