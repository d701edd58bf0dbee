"""Every row of the contracts' table of the web channel, over HTTP."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import pytest

from assistant import guide, site
from assistant.channels import web
from assistant.channels.tokens import LIFETIME, RENEW_AFTER
from tests.channels.served import Reply, Served, aged
from tests.turn.fakes import response

MESSAGE = {"id", "text", "choices", "sources", "urgency", "topics", "assumed"}
PRIVATE = "my private words about myself"

PROTECTED: list[tuple[str, str, Any]] = [
    ("POST", "/chat/messages", {"id": "1", "text": "how long"}),
    ("GET", "/chat/history", None),
    ("POST", "/chat/feedback", {"message_id": "1", "helpful": True}),
    ("DELETE", "/chat/sessions/current", None),
]


class TestASession:
    async def test_starts_with_a_token_a_greeting_and_a_notice(self, served: Served) -> None:
        reply = await served.call("POST", "/chat/sessions")
        assert reply.status == 201
        assert set(reply.json) == {"token", "expires_at", "greeting", "notice"}
        assert set(reply.json["greeting"]) == MESSAGE
        assert site.load().name in reply.json["greeting"]["text"]
        assert "{" not in reply.json["greeting"]["text"] + reply.json["notice"]
        assert reply.json["expires_at"] == pytest.approx(time.time() + LIFETIME, abs=60)

    async def test_is_one_nobody_else_has_whatever_the_client_asks_for(self, served: Served) -> None:
        wish = {"conversation": "web-0", "sender_id": "web-0", "token": "mine"}
        first, second = [(await served.call("POST", "/chat/sessions", wish)).json["token"] for _ in range(2)]
        await served.say(first, text="how long")
        await served.say(second, text="how long")
        senders = {handed.sender_id for handed in served.processor.handed}
        assert len(senders) == 2
        assert all(len(sender) >= 32 and sender != "web-0" for sender in senders)


class TestAToken:
    @pytest.mark.parametrize(("method", "path", "body"), PROTECTED)
    @pytest.mark.parametrize("token", [None, "", "x", "a.b.c", "é.x.y", "e30.e30."])
    async def test_that_is_none_is_refused(
        self, served: Served, method: str, path: str, body: Any, token: str | None
    ) -> None:
        reply = await served.call(method, path, body, token)
        assert (reply.status, reply.error) == (401, "no_session")
        assert served.processor.handed == []

    async def test_that_is_no_text_is_refused(self, served: Served) -> None:
        answer = await served.raw("GET", "/chat/history", b"Authorization: Bearer \xff\xfe.x.y")
        assert answer.startswith(b"HTTP/1.1 401 ")

    async def test_a_call_without_a_token_is_refused_before_its_body_is_read(self, served: Served) -> None:
        assert (await served.call("POST", "/chat/messages", b"{")).status == 401

    async def test_of_an_erased_conversation_is_refused_for_everything(self, served: Served) -> None:
        token = await served.token()
        await served.say(token)
        erased = await served.call("DELETE", "/chat/sessions/current", token=token)
        assert (erased.status, erased.body) == (204, b"")
        for method, path, body in PROTECTED:
            assert (await served.call(method, path, body, token)).error == "no_session"

    async def test_that_expired_is_refused(self, served: Served) -> None:
        assert (await served.say(aged(LIFETIME + 5))).status == 401
        assert (await served.say(aged(LIFETIME - 60))).status == 200

    async def test_is_renewed_by_use_after_an_hour(self, served: Served) -> None:
        assert "token" not in (await served.say(aged(RENEW_AFTER - 60))).json
        reply = (await served.say(aged(RENEW_AFTER + 60), "2")).json
        assert reply["expires_at"] == pytest.approx(time.time() + LIFETIME, abs=60)
        history = await served.call("GET", "/chat/history", token=reply["token"])
        assert [said["from"] for said in history.json["messages"]] == ["visitor", "assistant"] * 2

    async def test_works_with_any_case_of_the_scheme_and_no_other_scheme(self, served: Served) -> None:
        token = await served.token()
        for scheme, status in (("bearer", 200), ("BEARER", 200), ("Basic", 401), ("Token", 401)):
            reply = await served.call("GET", "/chat/history", Authorization=f"{scheme} {token}")
            assert reply.status == status


class TestAMessage:
    async def test_is_answered(self, served: Served) -> None:
        reply = await served.say(await served.token())
        assert reply.status == 200
        assert set(reply.json) == {"messages"}
        (message,) = reply.json["messages"]
        assert set(message) == MESSAGE
        assert message["choices"] == [{"id": "topic.duration", "title": "How long they last", "topic": "duration"}]

    async def test_that_is_sent_again_gets_the_same_reply(self, served: Served) -> None:
        token = await served.token()
        first, again = await served.say(token), await served.say(token)
        assert first.json == again.json
        assert len(served.processor.handed) == 1

    async def test_of_the_same_id_with_other_content_is_a_conflict(self, served: Served) -> None:
        token = await served.token()
        await served.say(token)
        reply = await served.say(token, text="something else")
        assert (reply.status, reply.error) == (409, "conflict")

    async def test_that_is_still_running_is_waited_for(self, served: Served) -> None:
        token = await served.token()
        served.processor.hold.clear()
        tries = [asyncio.ensure_future(served.say(token)) for _ in range(3)]
        while not served.processor.at_once:
            await asyncio.sleep(0)
        served.processor.hold.set()
        replies = await asyncio.gather(*tries)
        assert {reply.body for reply in replies} == {replies[0].body}
        assert len(served.processor.handed) == 1

    async def test_that_taps_an_open_choice_is_answered(self, served: Served) -> None:
        token = await served.token()
        await served.say(token)
        assert (await served.say(token, "2", choice="topic.duration")).status == 200
        assert served.processor.handed[-1].parse_data["intent"]["name"] == "duration"

    @pytest.mark.parametrize("choice", ["topic.causes", "/greet", "", "duration"])
    async def test_that_taps_what_was_not_offered_is_refused(self, served: Served, choice: str) -> None:
        reply = await served.say(await served.token(), choice=choice)
        assert (reply.status, reply.error) == (400, "choice_gone")
        assert served.processor.handed == []

    async def test_whose_turn_fails_gets_a_sentence_and_its_retry_a_new_try(self, served: Served) -> None:
        token = await served.token()
        works, served.processor.says = served.processor.says, lambda _: []
        failed = await served.say(token)
        assert failed.status == 200
        assert failed.json["messages"][0]["text"] == _sentence("unavailable")
        served.processor.says = works
        assert (await served.say(token)).json["messages"][0]["text"] == "An answer."

    async def test_whose_conversation_is_erased_meanwhile_has_no_session_any_more(self, served: Served) -> None:
        token = await served.token()
        served.processor.hold.clear()
        asked = asyncio.ensure_future(served.say(token))
        while not served.processor.at_once:
            await asyncio.sleep(0)
        assert (await served.call("DELETE", "/chat/sessions/current", token=token)).status == 204
        assert (await asked).error == "no_session"


class TestTheHistory:
    async def test_shows_what_was_said_in_order(self, served: Served) -> None:
        token = await served.token()
        said = (await served.say(token, text="how long")).json["messages"][0]
        reply = await served.call("GET", "/chat/history", token=token)
        first, second = reply.json["messages"]
        assert (first["from"], first["id"], first["text"]) == ("visitor", "1", "how long")
        assert set(first) == {"id", "from", "at", "text"}
        assert second == {**said, "from": "assistant", "at": second["at"]}
        assert first["at"] <= second["at"]

    async def test_is_empty_before_anything_was_said(self, served: Served) -> None:
        assert (await served.call("GET", "/chat/history", token=await served.token())).json == {"messages": []}

    async def test_is_of_one_conversation_only(self, served: Served) -> None:
        await served.say(await served.token(), text=PRIVATE)
        other = await served.call("GET", "/chat/history", token=await served.token())
        assert PRIVATE.encode() not in other.body


class TestFeedback:
    async def test_is_kept(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        kept: list[tuple[str, bool, str | None]] = []
        monkeypatch.setattr(type(served.store), "keep_feedback", lambda _, __, *given: kept.append(given))
        token = await served.token()
        for helpful in (True, False):
            reply = await served.call("POST", "/chat/feedback", {"message_id": "m1", "helpful": helpful}, token)
            assert (reply.status, reply.body) == (204, b"")
        reply = await served.call(
            "POST", "/chat/feedback", {"message_id": "m1", "helpful": False, "reason": "unclear"}, token
        )
        assert reply.status == 204
        assert kept == [("m1", True, None), ("m1", False, None), ("m1", False, "unclear")]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"message_id": "m1"},
            {"message_id": "m1", "helpful": 1},
            {"message_id": "m1", "helpful": "true"},
            {"message_id": 1, "helpful": True},
            {"message_id": "", "helpful": True},
            {"helpful": True},
            {"message_id": "m1", "helpful": False, "reason": "my own words"},
            {"message_id": "m1", "helpful": False, "reason": ["wrong"]},
            [],
            None,
        ],
    )
    async def test_that_does_not_fit_is_refused(self, served: Served, body: Any) -> None:
        data = b"" if body is None else body
        reply = await served.call("POST", "/chat/feedback", data, await served.token())
        assert (reply.status, reply.error) == (400, "bad_request")


class TestErasing:
    async def test_forgets_words_reply_and_feedback(self, served: Served) -> None:
        token = await served.token()
        await served.say(token, text=PRIVATE)
        (handed,) = served.processor.handed
        await served.call("DELETE", "/chat/sessions/current", token=token)
        assert served.store.said(handed.sender_id) == []
        assert served.store.given_reply(handed.sender_id, "1") is None

    async def test_leaves_the_others(self, served: Served) -> None:
        token, other = await served.token(), await served.token()
        await served.say(other)
        await served.call("DELETE", "/chat/sessions/current", token=token)
        assert len((await served.call("GET", "/chat/history", token=other)).json["messages"]) == 2


class TestHealth:
    async def test_is_live_as_long_as_it_answers(self, served: Served) -> None:
        served.processor.says = lambda _: []
        reply = await served.call("GET", "/chat/health/live")
        assert (reply.status, reply.json) == (200, {"status": "live"})

    async def test_is_ready_when_a_question_was_answered(self, served: Served) -> None:
        reply = await served.call("GET", "/chat/health/ready")
        assert (reply.status, reply.json) == (200, {"status": "ready"})
        (handed,) = served.processor.handed
        assert served.store.said(handed.sender_id) == []

    async def test_says_why_it_is_not_ready(self, served: Served) -> None:
        served.processor.says = lambda _: []
        reply = await served.call("GET", "/chat/health/ready")
        assert reply.status == 503
        assert reply.json == {"status": "not ready", "reason": "TurnFailed: no action answered"}

    async def test_is_not_ready_without_a_model(self, served: Served) -> None:
        served.agent.is_ready = lambda: False
        assert (await served.call("GET", "/chat/health/ready")).json["reason"] == "TurnFailed: no model is loaded"

    async def test_probes_that_come_together_share_one_turn(self, served: Served) -> None:
        replies = await asyncio.gather(*(served.call("GET", "/chat/health/ready") for _ in range(5)))
        assert [reply.status for reply in replies] == [200] * 5
        assert len(served.processor.handed) == 1

    async def test_a_probe_tells_the_truth_again_a_little_later(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert (await served.call("GET", "/chat/health/ready")).status == 200
        served.processor.says = lambda _: []
        monkeypatch.setattr(web, "PROBE_KEPT", 0.0)
        assert (await served.call("GET", "/chat/health/ready")).status == 503
        served.processor.says = lambda _: [response()]
        assert (await served.call("GET", "/chat/health/ready")).status == 200


class TestAnythingElse:
    @pytest.mark.parametrize("path", ["/chat/nothing", "/chat/sessions/other", "/chat/a/b/c", "/chat/page.html"])
    async def test_is_not_found_in_json(self, served: Served, path: str) -> None:
        reply = await served.call("GET", path)
        assert (reply.status, reply.error) == (404, "not_found")

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/chat/messages"),
            ("GET", "/chat/sessions"),
            ("POST", "/chat/history"),
            ("PUT", "/chat/messages"),
            ("POST", "/chat/sessions/current"),
            ("DELETE", "/chat/sessions"),
            ("POST", "/chat/health/ready"),
        ],
    )
    async def test_a_wrong_method_is_said_in_json(self, served: Served, method: str, path: str) -> None:
        reply = await served.call(method, path, token=await served.token())
        assert (reply.status, reply.error) == (405, "wrong_method")

    async def test_rasas_own_channels_are_closed(self, served: Served) -> None:
        for path in ("/webhooks/rest/webhook", "/webhooks/chat/messages", "/conversations/x/tracker", "/model/parse"):
            assert (await served.call("POST", path, {"sender": "x", "message": "/greet"})).status == 404
        assert served.processor.handed == []

    async def test_what_breaks_is_a_sentence_in_json_and_no_word_of_it_in_a_log(
        self, served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(*_: object) -> None:
            raise RuntimeError(PRIVATE)

        monkeypatch.setattr(type(served.store), "given_reply", fail)
        reply = await served.say(await served.token())
        assert (reply.status, reply.error) == (500, "failed")
        assert "RuntimeError" in caplog.text
        assert PRIVATE not in caplog.text

    async def test_before_the_model_is_there_it_says_so(self, served: Served) -> None:
        started = web.WebInput()
        with pytest.raises(web.Refused) as raised:
            started._open_conversations  # noqa: B018
        assert (raised.value.status, raised.value.code) == (503, "starting")


async def test_when_the_server_stops_nothing_of_the_channel_goes_on(served: Served) -> None:
    assert [task for task in asyncio.all_tasks() if "keep_expiring" in repr(task)]
    await served.app._server_event("shutdown", "before", loop=asyncio.get_running_loop())
    await asyncio.sleep(0)
    assert [task for task in asyncio.all_tasks() if "keep_expiring" in repr(task)] == []


async def test_nothing_that_is_typed_reaches_a_log(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = await served.token()

    def fail(_: object) -> Any:
        raise ValueError(PRIVATE)

    replies: list[Reply] = []
    for number, says in enumerate((served.processor.says, lambda _: [], fail)):
        served.processor.says = says
        replies.append(await served.say(token, str(number), text=PRIVATE))
    replies.append(await served.say(token, PRIVATE, text=PRIVATE))
    replies.append(await served.say(token, "0", text=f"{PRIVATE}!"))
    replies.append(await served.say(token, "9", choice=PRIVATE))
    assert [reply.status for reply in replies] == [200, 200, 200, 400, 409, 400]
    assert caplog.records
    assert PRIVATE not in caplog.text


def test_it_does_not_start_where_rasa_would_log_what_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("rasa"), "level", logging.DEBUG)
    logging.getLogger("rasa").manager._clear_cache()  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="LOG_LEVEL"):
        web.WebInput()
    monkeypatch.undo()
    logging.getLogger("rasa").manager._clear_cache()  # type: ignore[attr-defined]


def _sentence(name: str) -> str:
    return guide.fill(guide.load().system[name], site.load().words)
