"""What is Telegram's own: its updates, its taps, its groups, its commands."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from assistant import guide, site
from assistant.channels.platforms.render import texts
from tests.channels.platforms.bots import Bots
from tests.channels.simulated.senders import TelegramSender
from tests.channels.simulated.telegram import BOT, TelegramServer

GROUP = {"id": -500, "type": "supergroup"}


def sender(bots: Bots) -> TelegramSender:
    return cast(TelegramSender, bots.senders["telegram"])


def server(bots: Bots) -> TelegramServer:
    return cast(TelegramServer, bots.simulated["telegram"])


def sentence(name: str) -> str:
    return guide.fill(guide.load().system[name], site.load().words)


def mention(text: str, name: str = "@milia_bot") -> dict[str, Any]:
    at = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return {"text": text, "entities": [{"type": "mention", "offset": at, "length": len(name)}]}


async def test_an_answer_comes_in_html_with_its_choices_as_buttons_of_short_keys(bots: Bots) -> None:
    await bots.say("telegram", "how long do they last")
    notice, answer = await server(bots).messages(2)
    assert notice.shown == sentence("notice")
    assert answer.raw["parse_mode"] == "HTML"
    assert [title for title, _ in answer.choices] == ["How long they last", "What causes them"]
    assert all(len(key) == 16 for _, key in answer.choices)
    assert server(bots).refused == []


async def test_a_tap_ends_the_buttons_waiting_and_is_a_turn_of_the_choice(bots: Bots) -> None:
    await bots.say("telegram", "how long do they last")
    _, answer = await server(bots).messages(2)
    assert await bots.tap("telegram", answer.choices[1][1]) == 200
    await server(bots).messages(3)
    await server(bots).until(lambda: bool(server(bots).taps))
    assert bots.processor.handed[-1].parse_data["intent"]["name"] == "causes"
    assert [text for _, text in server(bots).taps] == [""]


@pytest.mark.parametrize("key", ["topic.duration", "/greet", "0" * 16, ""])
async def test_a_payload_that_was_never_sent_forces_nothing(bots: Bots, key: str) -> None:
    await bots.say("telegram", "hello")
    await server(bots).messages(2)
    assert await bots.tap("telegram", key) == 200
    await bots.settled()
    assert len(bots.processor.handed) == 1
    if key:
        assert server(bots).taken[-1].shown == sentence("choice_gone")


async def test_edited_and_unknown_updates_are_acknowledged_and_left_alone(bots: Bots) -> None:
    message = sender(bots).message(text="edited")
    strange: list[dict[str, Any]] = [
        {"edited_message": message},
        {"channel_post": message},
        {"my_chat_member": {"chat": {"id": 1}, "new_chat_member": {"status": "kicked"}}},
        {"message": {**message, "text": None, "pinned_message": {}}},
        {"message": sender(bots).message(new_chat_members=[])},
        {"message": {**message, "from": {"id": 9, "is_bot": True}}},
        {"inline_query": {"id": "1", "query": "x"}},
        {"callback_query": {"id": "1", "from": {"id": 1}, "inline_message_id": "x", "data": "x"}},
        {},
    ]
    for update in strange:
        assert (await bots.post("telegram", *sender(bots).update(**update)))[0] == 200
    await bots.settled()
    assert bots.texts == []


class TestAGroup:
    async def test_is_answered_only_where_the_bot_is_meant(self, bots: Bots) -> None:
        await bots.say("telegram", "nobody is asked", chat=GROUP)
        await bots.say("telegram", "", chat=GROUP, **_without_text(mention("😀 @other_bot how long", "@other_bot")))
        await bots.say("telegram", "/help", chat=GROUP)
        await bots.settled()
        assert bots.texts == []
        said = mention("😀 @Milia_Bot how long do they last", "@Milia_Bot")
        body = sender(bots).update(message=sender(bots).message(chat=GROUP, **said))
        await bots.post("telegram", *body)
        replied = {"from": {"id": BOT, "is_bot": True}}
        await bots.say("telegram", "and on the nose", chat=GROUP, reply_to_message=replied)
        await bots.settled()
        assert [" ".join(text.split()) for text in bots.texts] == ["😀 how long do they last", "and on the nose"]

    async def test_member_speaks_in_a_conversation_of_their_own_and_is_replied_to(self, bots: Bots) -> None:
        for who in (1, 2):
            message = sender(bots).message(who, GROUP, **mention("@milia_bot how long"))
            await bots.post("telegram", *sender(bots).update(message=message))
        await bots.settled()
        assert len({handed.sender_id for handed in bots.processor.handed}) == 2
        assert all("reply_parameters" in taken.raw and taken.to == "-500" for taken in server(bots).taken)

    async def test_members_cannot_tap_each_others_buttons(self, bots: Bots) -> None:
        message = sender(bots).message(1, GROUP, **mention("@milia_bot how long"))
        await bots.post("telegram", *sender(bots).update(message=message))
        key = (await server(bots).messages(2))[-1].choices[0][1]
        await bots.tap("telegram", key, who=2, chat=GROUP)
        await server(bots).until(lambda: bool(server(bots).taps))
        assert len(bots.processor.handed) == 1
        assert [text for _, text in server(bots).taps] == [texts()["not_yours"]]
        await bots.tap("telegram", key, who=1, chat=GROUP)
        await bots.settled()
        assert len(bots.processor.handed) == 2


def _without_text(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "text"}


class TestCommands:
    async def test_start_greets_without_a_turn(self, bots: Bots) -> None:
        await bots.say("telegram", "/start")
        greeting, notice = await server(bots).messages(2)
        assert [greeting.shown, notice.shown] == [sentence("greeting"), sentence("notice")]
        assert bots.texts == []

    async def test_help_and_restart_stand_for_words(self, bots: Bots) -> None:
        await bots.say("telegram", "/help")
        await bots.settled()
        await bots.say("telegram", "/Restart")
        await bots.settled()
        assert bots.texts == ["What can you help me with?", "start over"]

    async def test_no_other_command_is_more_than_its_words(self, bots: Bots, monkeypatch: pytest.MonkeyPatch) -> None:
        from assistant.files import ROOT, read_yaml

        monkeypatch.setattr("assistant.channels.platforms.inbound.MOST_MESSAGES", 1000)
        intents = [
            next(iter(one)) if isinstance(one, dict) else one for one in read_yaml(ROOT / "domain.yml")["intents"]
        ]
        assert len(intents) > 50
        for number, intent in enumerate(intents):
            await bots.say("telegram", f'/{intent}{{"audience": "baby"}}', who=number)
        await bots.settled()
        assert sorted(bots.texts) == sorted(f'/{intent}{{"audience": "baby"}}' for intent in intents)
        # The pipeline's own reading, and no intent that was typed.
        assert {handed.parse_data["intent"]["name"] for handed in bots.processor.handed} == {"duration"}


async def test_a_picture_with_words_is_answered_by_its_words(bots: Bots) -> None:
    message = sender(bots).message(photo=[{"file_id": "x"}], caption="what is this bump")
    await bots.post("telegram", *sender(bots).update(message=message))
    await bots.settled()
    assert [taken.shown for taken in server(bots).taken][-2:] == [texts()["only_text"], "An answer."]
    assert bots.texts == ["what is this bump"]


async def test_what_is_no_json_is_refused(bots: Bots) -> None:
    for body in (b"", b"{", b"[]", b"\xff", b"[" * 100_000):
        assert (await bots.post("telegram", *sender(bots).signed(body)))[0] == 400


async def test_a_message_older_than_the_memory_of_copies_is_dropped(bots: Bots) -> None:
    await bots.say("telegram", "old", date=1_600_000_000)
    await bots.settled()
    assert bots.texts == []
    assert json.loads(json.dumps(bots.processor.handed)) == []
