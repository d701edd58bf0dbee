"""The messaging platforms with the real server, model and actions: the same facts on each, nothing lost by a kill."""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter

import pytest

from tests.channels.platforms.bots import Bots, bots  # noqa: F401
from tests.channels.platforms.generated_checks import check_generated
from tests.channels.simulated.senders import SENDERS
from tests.channels.simulated.server import Taken
from tests.services.running import Running, running

DIALOGUE = [
    "what are milia",
    "how long do they last",
    "and for a baby?",
    "can I pop them with a needle",
    "Ingredients: Aqua, Lanolin, Glycerin, Petrolatum",
    "tell me more",
]
PEOPLE = 12
KILLED = ("telegram", "messenger", "slack")


def facts(parts: list[Taken]) -> str:
    """What a person reads of an answer, without the ways in which platforms show links, lists and choices."""
    text = "\n".join(part.shown for part in parts).partition("Reply with a number:")[0]
    text = text.replace("°", "degrees")  # as SMS has to write it
    text = re.sub(r"\((https?://|mailto:)[^)]*\)", "", text)
    return "".join(re.findall(r"[a-z0-9]+", text.lower()))


def offered(parts: list[Taken]) -> list[str]:
    numbered = re.findall(r"^\d+\. (.+)$", parts[-1].shown.partition("Reply with a number:")[2], flags=re.MULTILINE)
    return [title for title, _ in parts[-1].choices] or numbered


async def quiet(running: Running, channel: str, at_least: int) -> list[Taken]:
    """Return what a channel was sent once nothing more comes."""
    server = running.simulated[channel]
    await server.messages(at_least, within=60)
    while True:
        before = len(server.taken)
        await asyncio.sleep(2.5)
        if len(server.taken) == before:
            return list(server.taken)


async def test_the_same_dialogue_has_the_same_facts_and_choices_on_every_channel() -> None:
    async with running() as server:
        assert (await server.start())["channels"] == dict.fromkeys(SENDERS, "on")
        said: dict[str, list[tuple[str, list[str]]]] = {channel: [] for channel in SENDERS}
        for text in DIALOGUE:
            before = {channel: len(server.simulated[channel].taken) for channel in SENDERS}
            for channel in SENDERS:
                await server.say(channel, text)
            taken = await asyncio.gather(*(quiet(server, channel, before[channel] + 1) for channel in SENDERS))
            for channel, every in zip(SENDERS, taken, strict=True):
                parts = every[before[channel] :]
                said[channel].append((facts(parts), offered(parts)))
        for channel in SENDERS:
            assert said[channel] == said["telegram"], channel
            assert server.simulated[channel].refused == []
        assert all(len(text) > 40 for text, _ in said["telegram"])
        assert sum(bool(titles) for _, titles in said["telegram"]) >= 3


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_a_kill_during_work_loses_nothing_and_doubles_nothing(database: str) -> None:
    if database == "postgresql" and not os.environ.get("ASSISTANT_TEST_POSTGRESQL"):
        pytest.fail("ASSISTANT_TEST_POSTGRESQL names no PostgreSQL: run `make test-services`.", pytrace=False)
    address = os.environ["ASSISTANT_TEST_POSTGRESQL"] if database == "postgresql" else ""
    async with running(address) as server:
        await server.start()
        posts = [
            (channel, server.senders[channel].text("how long do milia last", who))
            for who in range(PEOPLE)
            for channel in KILLED
        ]
        # The first kill: messages are acknowledged, some are being answered, nothing can be sent.
        for channel in KILLED:
            server.simulated[channel].failing = 503
        assert await asyncio.gather(*(server.post(channel, *post) for channel, post in posts)) == [200] * len(posts)
        await server.kill()
        for channel in KILLED:
            server.simulated[channel].failing = 0
        await server.start()
        # The second: some answers were taken, and the platforms ask to wait before the next.
        await asyncio.gather(*(server.simulated[channel].messages(5, within=60) for channel in KILLED))
        for channel in KILLED:
            server.simulated[channel].limited, server.simulated[channel].wait = 10_000, 1
        await asyncio.sleep(1.0)
        await server.kill()
        for channel in KILLED:
            server.simulated[channel].limited = 0
        await server.start()
        for channel, post in posts * 3:
            assert await server.post(channel, *post) == 200
        for channel in KILLED:
            taken = await quiet(server, channel, 2 * PEOPLE)
            people = Counter(part.to for part in taken)
            # To everybody the line about a new chat and one answer, once each.
            assert people == {server.senders[channel].person(who): 2 for who in range(PEOPLE)}, channel
            answers = {facts([part]) for part in taken}
            assert len(answers) == 2
            assert server.simulated[channel].refused == []


@pytest.mark.parametrize("channel", SENDERS)
async def test_five_thousand_generated_payloads_are_never_a_fault_of_ours(
    bots: Bots,  # noqa: F811
    channel: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await check_generated(bots, channel, 5_000, monkeypatch, caplog)
