"""Calls that cannot be carried out, and lines that are hard to read or to print."""

import io
import json
import os
import subprocess
import sys

import pytest

from assistant import runtime
from assistant.cli import CallError, lines, main, serve
from assistant.files import ROOT
from assistant.serving import actions, model


def printed(capsysbinary, handle, given, monkeypatch):
    """Return the objects that are printed for the bytes `given` on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    lines.answer(handle)
    return [json.loads(line) for line in capsysbinary.readouterr().out.decode("utf-8").splitlines()]


class TestLines:
    def test_half_a_surrogate_pair_is_printed_and_the_rest_goes_on(self, capsysbinary, monkeypatch):
        given = b'{"id": "\\ud83d", "text": "a"}\n{"id": 2, "text": "b"}\n'
        answers = printed(capsysbinary, lambda record: {"text": record["text"]}, given, monkeypatch)
        assert answers == [{"id": "\ud83d", "text": "a"}, {"id": 2, "text": "b"}]

    def test_bytes_that_are_no_utf_8_are_one_bad_line(self, capsysbinary, monkeypatch):
        answers = printed(capsysbinary, lambda _: {}, b'{"id": 1, "text": "\xff"}\n{"id": 2}\n', monkeypatch)
        assert [answer["id"] for answer in answers] == [None, 2]
        assert "UTF-8" in answers[0]["error"]

    def test_a_handler_that_breaks_is_one_bad_line_that_tells_nothing_of_the_text(self, capsysbinary, monkeypatch):
        def handle(record):
            if record["id"] == 1:
                raise KeyError("private words")
            return {"fine": True}

        answers = printed(capsysbinary, handle, b'{"id": 1}\n{"id": 2}\n', monkeypatch)
        assert answers == [{"id": 1, "error": "This line could not be answered (KeyError)."}, {"id": 2, "fine": True}]

    async def test_a_handler_that_waits_is_finished_before_the_next_line_is_read(self, capsysbinary, monkeypatch):
        stream = io.TextIOWrapper(io.BytesIO(b'{"id": 1}\n{"id": 2}\n'))
        monkeypatch.setattr(sys, "stdin", stream)
        seen = []

        async def handle(record):
            seen.append(len(capsysbinary.readouterr().out.splitlines()))
            if record["id"] == 1:
                raise lines.BadLine("No.")
            return {}

        await lines.answer_in_order(handle)
        assert seen == [0, 1]

    def test_the_output_is_utf_8_whatever_the_terminal_speaks(self):
        environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
        program = [sys.executable, "-m", "assistant", "triage"]
        given = json.dumps({"id": "漢", "text": "a"}).encode()
        run = subprocess.run(program, cwd=ROOT, input=given, capture_output=True, env=environment, check=True)
        assert json.loads(run.stdout.decode("utf-8"))["id"] == "漢"


class TestAWrongCall:
    @pytest.mark.parametrize("port", ["0", "-1", "65536", "abc", "", "80.5", "²"])
    def test_a_port_that_is_none_ends_with_2_and_a_sentence(self, port, capsys, monkeypatch):
        monkeypatch.setattr(serve, "run", lambda options: pytest.fail(f"it would serve on {options.port}"))
        with pytest.raises(SystemExit) as ended:
            main(["serve", f"--port={port}"])
        assert ended.value.code == 2
        assert "a port is a number from 1 to 65535." in capsys.readouterr().err
        monkeypatch.setenv("PORT", port)
        with pytest.raises(SystemExit) as ended:
            main(["serve"])
        assert ended.value.code == 2

    def test_the_port_is_the_contracts_unless_another_is_given(self, monkeypatch):
        monkeypatch.delenv("PORT", raising=False)
        assert serve.PORT == 5005

    def test_a_missing_model_is_said_with_what_to_do(self, tmp_path):
        with pytest.raises(CallError, match="run `make train` first"):
            model.load(model=tmp_path / "none.tar.gz")

    def test_a_level_that_would_log_what_is_typed_is_said_in_a_sentence(self, tmp_path, monkeypatch):
        monkeypatch.setenv("LOG_LEVEL", "DEBUG")
        made = tmp_path / "model.tar.gz"
        made.touch()
        with pytest.raises(CallError, match="LOG_LEVEL must be INFO"):
            model.load(model=made)

    def test_an_action_server_that_does_not_start_is_said_in_a_sentence(self, capfd, monkeypatch):
        monkeypatch.setattr(actions, "command", lambda _: [sys.executable, "-c", "raise SystemExit(1)"])
        assert main(["ask"]) == 2
        assert capfd.readouterr().err == "The action server did not start.\n"

    def test_any_command_that_is_called_wrongly_ends_with_2(self, monkeypatch, capsys):
        def fail(_):
            raise CallError("This cannot be.")

        from assistant.cli import triage

        monkeypatch.setattr(triage, "run", fail)
        assert main(["triage"]) == 2
        assert capsys.readouterr().err == "This cannot be.\n"

    def test_breaking_off_is_no_fault(self, monkeypatch):
        def interrupt(_):
            raise KeyboardInterrupt

        from assistant.cli import triage

        monkeypatch.setattr(triage, "run", interrupt)
        assert main(["triage"]) == 130


def test_the_environment_that_the_owner_has_set_stays(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    runtime.set_environment()
    assert os.environ["LOG_LEVEL"] == "ERROR"


def test_what_is_logged_stays_off_standard_output():
    program = "import logging; from assistant import runtime; runtime.prepare(); logging.getLogger('a').error('broke')"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (run.stdout, "broke" in run.stderr) == ("", True)
