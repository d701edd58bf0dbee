"""The action server as `python -m rasa_sdk` makes it, asked over a loopback port."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import rasa_sdk
from rasa_sdk.endpoint import create_app
from rasa_sdk.plugin import plugin_manager
from sanic import Sanic

from actions import guard
from actions.action_answer_question import ActionAnswerQuestion
from assistant import guide
from assistant.files import ROOT
from assistant.serving.actions import free_port

SECRET = "a secret that only Rasa and the action server know"
PRIVATE = "my private words"
CALL = {
    "next_action": "action_answer_question",
    "sender_id": "visitor",
    "tracker": {
        "sender_id": "visitor",
        "slots": {"audience": PRIVATE},
        "latest_message": {"text": PRIVATE, "intent": {"name": "duration"}, "entities": []},
        "events": [],
        "paused": False,
        "active_loop": {},
    },
    "domain": {},
    "version": rasa_sdk.__version__,
}

Post = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Sanic:
    monkeypatch.setenv(guard.SECRET, SECRET)
    monkeypatch.setattr(Sanic, "test_mode", True)
    made = create_app("actions")
    plugin_manager().hook.attach_sanic_app_extensions(app=made)
    return made


@asynccontextmanager
async def serving(app: Sanic) -> AsyncIterator[str]:
    """Serve `app` for the length of the block and give its address."""
    port = free_port()
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
    await server.startup()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.close()


@pytest.fixture
async def post(app: Sanic) -> AsyncIterator[Post]:
    async with serving(app) as address, aiohttp.ClientSession() as client:

        async def call(secret: str | None = SECRET, path: str = "/webhook", **options: Any) -> tuple[int, str]:
            headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
            options = options or {"json": CALL}
            async with client.post(f"{address}{path}", headers=headers, **options) as answer:
                return answer.status, await answer.text()

        yield call


async def test_who_knows_the_secret_is_answered(post: Post) -> None:
    status, body = await post()
    assert status == 200
    assert '"responses"' in body


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], f"{SECRET}x", SECRET.upper(), "é"])
async def test_a_stranger_is_refused_and_no_action_runs(
    post: Post, monkeypatch: pytest.MonkeyPatch, secret: str | None
) -> None:
    ran: list[object] = []
    monkeypatch.setattr(ActionAnswerQuestion, "run", lambda *call: ran.append(call))
    status, body = await post(secret)
    assert (status, ran) == (401, [])
    assert PRIVATE not in body


async def test_a_stranger_whose_secret_is_no_text_is_refused(app: Sanic) -> None:
    async with serving(app) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(b"GET /actions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer \xff\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 401 ")
        writer.close()


async def test_a_stranger_learns_no_names_of_actions(app: Sanic) -> None:
    async with serving(app) as address, aiohttp.ClientSession() as client, client.get(f"{address}/actions") as answer:
        assert answer.status == 401
        assert "action_" not in await answer.text()


async def test_health_is_open(app: Sanic) -> None:
    async with serving(app) as address, aiohttp.ClientSession() as client, client.get(f"{address}/health") as answer:
        assert answer.status == 200


async def test_the_answer_of_a_failed_action_repeats_nothing_of_the_request(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"failed at {PRIVATE}")

    monkeypatch.setattr(ActionAnswerQuestion, "answer", fail)
    caplog.set_level(logging.CRITICAL, "rasa_sdk.endpoint")
    status, body = await post()
    assert status == 500
    assert body == '{"error":"the action failed"}'


@pytest.mark.parametrize("body", [b"", b"{", f'{{"{PRIVATE}'.encode(), b"\xff\xfe", f'["{PRIVATE}"]'.encode(), b"3"])
async def test_what_is_no_call_is_refused_and_not_repeated(post: Post, body: bytes) -> None:
    status, answer = await post(data=body)
    assert status >= 400
    assert PRIVATE not in answer


async def test_an_action_that_does_not_exist_is_not_found(post: Post) -> None:
    status, body = await post(json={**CALL, "next_action": "action_of_nobody"})
    assert status == 404
    assert PRIVATE not in body


def test_rasa_sdk_asks_the_guard_once() -> None:
    assert list(plugin_manager().get_plugins()).count(guard) == 1


@pytest.mark.parametrize("given", [None, ""])
def test_the_action_server_does_not_start_without_a_secret(monkeypatch: pytest.MonkeyPatch, given: str | None) -> None:
    monkeypatch.delenv(guard.SECRET, raising=False)
    if given is not None:
        monkeypatch.setenv(guard.SECRET, given)
    monkeypatch.setattr(Sanic, "test_mode", True)
    with pytest.raises(SystemExit, match=guard.SECRET):
        plugin_manager().hook.attach_sanic_app_extensions(app=Sanic("unguarded"))


def test_its_process_ends_at_once_and_says_which_variable_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(guard.SECRET, raising=False)
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(free_port()), "--quiet"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert guard.SECRET in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_content_is_read_before_the_server_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(guard.SECRET, SECRET)
    guide.load.cache_clear()
    guard.attach_sanic_app_extensions(Sanic("reads_first"))
    assert guide.load.cache_info().currsize == 1
