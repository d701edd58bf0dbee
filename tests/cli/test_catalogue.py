"""`check --catalogue`: what is written for good rows and bad ones, and what is counted."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from assistant.cli import CallError, catalogue, main
from assistant.files import ROOT

BALM = "Petrolatum, Lanolin, Squalane, Tocopherol"
GEL = "Aqua, Glycerin, Retinol, Phenoxyethanol"


@pytest.fixture
def given(tmp_path):
    """Return a function that writes a catalogue of this text or these bytes."""

    def write(text, name="catalogue.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def checked(capsysbinary):
    """Return a function that checks a catalogue and gives the results and what stands on standard error."""

    def check(path, *arguments):
        assert main(["check", "--catalogue", str(path), *arguments]) == 0
        printed = capsysbinary.readouterr()
        return [json.loads(line) for line in printed.out.splitlines()], printed.err.decode()

    return check


def names(result):
    return [ingredient["inci"] for product in result["products"] for ingredient in product["ingredients"]]


class TestCsv:
    def test_each_product_has_a_result_in_order_under_its_id(self, given, checked):
        results, _ = checked(given(f'id,name,ingredients\nA1,Balm,"{BALM}"\nA2,Gel,"{GEL}"\n'))
        assert [result["id"] for result in results] == ["A1", "A2"]
        assert [result["kind"] for result in results] == ["label", "label"]
        assert "Petrolatum" in names(results[0]) and "Retinol" in names(results[1])

    def test_what_has_no_id_keeps_its_number(self, given, checked):
        results, _ = checked(given(f'id,label\n,"{BALM}"\nx,"{GEL}"\n'))
        assert [result["id"] for result in results] == [1, "x"]
        results, _ = checked(given(f'INCI\n"{BALM}"\n"{GEL}"\n'))
        assert [result["id"] for result in results] == [1, 2]

    @pytest.mark.parametrize("delimiter", list(",;\t|"))
    def test_any_usual_delimiter_is_taken(self, given, checked, delimiter):
        results, _ = checked(given(f'id{delimiter}Ingredients{delimiter}price\n7{delimiter}"{BALM}"{delimiter}3\n'))
        assert results[0]["id"] == "7" and "Lanolin" in names(results[0])

    def test_a_mark_of_byte_order_and_lines_within_a_list_are_no_matter(self, given, checked):
        results, _ = checked(given('id,inci\r\n1,"Aqua,\r\nPetrolatum,\r\nLanolin"\r\n'.encode("utf-8-sig")))
        assert names(results[0]) == ["Aqua", "Petrolatum", "Lanolin"]

    def test_the_column_can_be_named(self, given, checked):
        results, _ = checked(given(f'ingredients,Text Raw\nnothing,"{BALM}"\n'), "--column", "text raw")
        assert "Petrolatum" in names(results[0])

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("b,", '"label" must be a text that is not empty.'),
            ("b", '"label" must be a text that is not empty.'),
            (f"b,{BALM}", "The row has more columns than the header: a list with commas needs quotes."),
            (f'b,"{"a" * 8_001}"', '"label" has 8001 characters; 8000 are the most.'),
            (b"b,Caf\xe9", "The row is not in UTF-8."),
            (b"b,A\x00b", "The row cannot be read (line contains NUL)."),
        ],
    )
    def test_a_bad_row_gets_an_error_and_the_rest_goes_on(self, given, checked, row, why):
        row = row if isinstance(row, bytes) else row.encode()
        good = f',"{GEL}"\n'.encode()
        results, told = checked(given(b"id,label\na" + good + row + b"\nc" + good))
        assert results[1]["error"] == why and set(results[1]) == {"id", "error"}
        assert [results[0]["kind"], results[2]["kind"]] == ["label", "label"]
        assert "rows with an error: 1" in told

    def test_a_quote_that_never_closes_costs_no_more_than_its_rows(self, given, checked):
        results, _ = checked(given('id,label\na,"Aqua\n' + f'b,"{BALM}"\n' * 5_000))
        assert any("error" in result for result in results)


class TestJsonLines:
    def test_each_line_has_a_result_under_its_id_or_number(self, given, checked):
        lines = [{"id": {"sku": 3}, "Ingredients": BALM}, {"name": "Gel", "ingredients": GEL}]
        results, _ = checked(given("\n\n".join(map(json.dumps, lines)), "catalogue.jsonl"))
        assert [result["id"] for result in results] == [{"sku": 3}, 3]
        assert "Petrolatum" in names(results[0]) and "Retinol" in names(results[1])

    @pytest.mark.parametrize(
        "line",
        ["nothing", "[1, 2]", '{"id": 2}', '{"id": 2, "label": 5}', '{"id": 2, "label": " "}', b'{"id": "\xff"}'],
    )
    def test_a_bad_line_gets_an_error_and_the_rest_goes_on(self, given, checked, line):
        line = line if isinstance(line, bytes) else line.encode()
        good = json.dumps({"label": BALM}).encode()
        results, _ = checked(given(good + b"\n" + line + b"\n" + good))
        assert [result["id"] for result in results] == [1, 2, 3]
        assert ["error" in result for result in results] == [False, True, False]


class TestTheSummary:
    def test_counts_products_links_and_lists_that_are_missing(self, given, checked):
        rows = [BALM, f"Ingredients: {BALM}", GEL, "The softest cream you ever had", ""]
        _, told = checked(given("label\n" + "".join(f'"{row}"\n' for row in rows)))
        assert re.search(r"^products read: 5 in [\d.]+ s", told)
        assert told.splitlines()[1:] == [
            "name a kind linked with milia: 2",
            "name a steroid: 0",
            "name a kind used to prevent milia: 1",
            "list not found: 1",
            "rows with an error: 1",
        ]

    def test_a_large_catalogue_is_shared_out_and_keeps_its_order(self, given, checked, monkeypatch, tmp_path):
        monkeypatch.setattr(catalogue.os, "sched_getaffinity", lambda _: {0, 1})
        monkeypatch.setattr(catalogue, "BATCH", 120)
        path = given("id,label\n" + "".join(f'{n},"{BALM if n % 3 else GEL}"\n' for n in range(500)))
        out = tmp_path / "out.jsonl"
        printed, told = checked(path, "--out", str(out))
        results = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert printed == []
        assert [result["id"] for result in results] == [str(n) for n in range(500)]
        assert all(("Retinol" in names(result)) == (n % 3 == 0) for n, result in enumerate(results))
        assert "name a kind linked with milia: 333" in told


class TestAWrongCall:
    def test_a_column_that_is_not_there_is_said(self, given):
        with pytest.raises(CallError, match=r"has no column \"ingredients\", \"inci\" or \"label\"; name the one"):
            main_raising(given("id,text\n1,a\n"))
        with pytest.raises(CallError, match='has no column "list"'):
            main_raising(given("id,label\n1,a\n"), column="list")

    @pytest.mark.parametrize("text", ["", "\n\n", "\x00"])
    def test_what_is_no_catalogue_is_said(self, given, text):
        with pytest.raises(CallError, match="has no column"):
            main_raising(given(text))

    @pytest.mark.parametrize(
        "arguments",
        [["--out", "x"], ["--column", "x"], ["--catalogue", "/nowhere/at.all"], ["--catalogue", "/"]],
    )
    def test_ends_with_2_and_a_sentence(self, arguments, capsys):
        assert main(["check", *arguments]) == 2
        assert capsys.readouterr().err.count("\n") == 1

    def test_the_catalogue_is_never_overwritten(self, given, capsys):
        path = given(f'label\n"{BALM}"\n')
        assert main(["check", "--catalogue", str(path), "--out", str(path)]) == 2
        assert "overwritten" in capsys.readouterr().err
        assert BALM in path.read_text()

    def test_a_place_that_cannot_be_written_is_said(self, given, tmp_path, capsys):
        path = given(f'label\n"{BALM}"\n')
        assert main(["check", "--catalogue", str(path), "--out", str(tmp_path / "none" / "out")]) == 2
        assert "cannot be written" in capsys.readouterr().err


def main_raising(path, column=None):
    catalogue.check(path, None, column)


def test_a_terminal_sees_a_bar_and_a_pipe_sees_none(given, tmp_path):
    path = given("label\n" + f'"{BALM}"\n' * 30)
    program = [sys.executable, "-m", "assistant", "check", "--catalogue", str(path), "--out", str(tmp_path / "out")]
    reader, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    subprocess.run(program, cwd=ROOT, stderr=terminal, check=True, timeout=60)
    os.close(terminal)
    assert "30/30" in os.read(reader, 100_000).decode()
    os.close(reader)
    piped = subprocess.run(program, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=True, timeout=60)
    assert piped.stderr.startswith("products read: 30")


class TestTheDocument:
    """What docs/labels.md says to type is run, and what it says comes out comes out."""

    BLOCKS = re.findall(r"```(\w*)\n(.*?)```", (ROOT / "docs" / "labels.md").read_text(encoding="utf-8"), re.DOTALL)

    def block(self, kind):
        (text,) = [text for name, text in self.BLOCKS if name == kind]
        return text

    def test_its_commands_give_its_output(self, tmp_path: Path):
        commands = self.block("sh")
        for name in ("catalogue.csv", "checked.jsonl"):
            assert name in commands
            commands = commands.replace(name, str(tmp_path / name))
        ended = subprocess.run(
            ["bash", "-euc", commands], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
        )
        assert _without_times(ended.stderr) == _without_times(self.block("text"))
        first = json.loads((tmp_path / "checked.jsonl").read_text(encoding="utf-8").splitlines()[0])
        said = json.loads(self.block("json"))
        assert first.pop("summary").startswith(said.pop("summary").removesuffix("..."))
        assert _holds(first, said)


def _without_times(told):
    return re.sub(r" in .*", "", told)


def _holds(found, said):
    """Whether all that is said stands in what was found, which may hold more fields."""
    if isinstance(said, dict):
        return all(name in found and _holds(found[name], value) for name, value in said.items())
    if isinstance(said, list):
        return len(found) == len(said) and all(map(_holds, found, said))
    return found == said


def test_a_reader_that_has_read_enough_ends_the_run_without_a_traceback(given):
    path = given("ingredients\n" + f'"{BALM}"\n' * 3_000)
    command = f"{sys.executable} -m assistant check --catalogue {path} | head -1; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    line, status = ended.stdout.splitlines()
    assert json.loads(line)["id"] == 1
    assert status == "141"
    assert "Traceback" not in ended.stderr
