"""The service: what it says where it cannot start, and the action server on its own."""

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from assistant import runtime
from assistant.files import ROOT
from assistant.serving import actions
from assistant.serving.actions import ActionServer, free_port


def test_a_port_that_is_taken_is_said_plainly():
    with socket.socket() as taken:
        taken.bind((actions.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        program = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
        run = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert f"Port {port}" in run.stderr
    assert f"PORT={port + 1}" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_free_port_is_free():
    with socket.socket() as probe:
        probe.bind((actions.HOST, free_port()))


@pytest.fixture(scope="module")
def server():
    with ActionServer() as running:
        yield running


def test_the_action_server_answers_who_knows_the_secret_only(server):
    endpoint = server.endpoint()
    call = {"next_action": "action_answer_question", "version": "3.6.21", "sender_id": "a", "tracker": _tracker()}
    assert _post(endpoint.url, call, endpoint.headers)["responses"][0]["text"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        _post(endpoint.url, call, {"Authorization": "Bearer wrong"})
    assert refused.value.code == 401
    refused.value.close()


def test_an_action_that_fails_repeats_nothing_of_the_request(server):
    endpoint = server.endpoint()
    call = {"next_action": "action_answer_question", "version": "3.6.21", "sender_id": "a"}
    call["tracker"] = {**_tracker(), "latest_message": {"text": "my secret", "intent": {"name": "no_such_topic"}}}
    with pytest.raises(urllib.error.HTTPError) as failed:
        _post(endpoint.url, call, endpoint.headers)
    assert failed.value.code == 500
    assert json.loads(failed.value.read()) == {"error": "the action failed"}
    failed.value.close()


def test_a_log_level_that_would_write_what_visitors_type_is_refused(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    with pytest.raises(ValueError, match="LOG_LEVEL"):
        runtime.prepare()


def _tracker():
    message = {"text": "how long", "intent": {"name": "duration", "confidence": 1.0}, "entities": []}
    return {"sender_id": "a", "slots": {}, "latest_message": message, "events": [], "latest_action_name": None}


def _post(address, body, headers):
    headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)
