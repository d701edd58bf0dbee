"""The commands that read JSON Lines: what comes back for good lines, bad lines and wrong calls."""

import json
import subprocess
import sys

import pytest

from assistant.files import ROOT


def called(command, *lines, arguments=()):
    """Return the exit code, the objects on standard output and what stands on standard error."""
    given = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    program = [sys.executable, "-m", "assistant", command, *arguments]
    run = subprocess.run(program, cwd=ROOT, input=given, capture_output=True, encoding="utf-8", check=False)
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def test_triage_answers_each_line_under_its_id_in_order():
    lines = [{"id": 7, "text": "my lips are swelling and i cant breathe"}, {"id": "b", "text": "what are milia"}]
    code, answers, errors = called("triage", *lines)
    assert (code, errors) == (0, "")
    assert [(answer["id"], answer["urgency"]) for answer in answers] == [(7, "emergency"), ("b", "none")]
    flag = answers[0]["flags"][0]
    assert set(flag) == {"flag", "level", "negated", "span"}
    assert answers[1]["flags"] == []


def test_check_reads_a_label_as_the_contract_has_it():
    label = "Ingredients: Aqua, Petrolatum, Glycerin, Phenoxyethanol, Glurbium Oxide"
    _, (answer,), _ = called("check", {"id": 1, "text": label})
    assert answer["kind"] == "label"
    (product,) = answer["products"]
    first = product["ingredients"][0]
    assert {"as_written", "inci", "position", "percent", "relation", "grade", "listed_as"} <= set(first)
    by_name = {ingredient["inci"]: ingredient for ingredient in product["ingredients"]}
    assert (by_name["Petrolatum"]["position"], by_name["Petrolatum"]["relation"]) == (2, "associated")
    assert "Glurbium Oxide" in product["unrecognised"]
    assert "petrolatum" in answer["summary"].lower()


@pytest.mark.parametrize("command", ["triage", "check"])
@pytest.mark.parametrize(
    ("line", "identity"),
    [
        ("not json", None),
        ("[1, 2]", None),
        ('{"id": 3}', 3),
        ('{"id": 3, "text": 5}', 3),
        ('{"id": 3, "text": "   "}', 3),
        (json.dumps({"id": 3, "text": "a" * 8_001}), 3),
        ("[" * 100_000, None),
    ],
)
def test_a_bad_line_gets_an_error_of_its_own_and_the_rest_goes_on(command, line, identity):
    code, answers, _ = called(command, line, {"id": 9, "text": "shea butter"})
    assert code == 0
    assert answers[0]["id"] == identity
    assert set(answers[0]) == {"id", "error"}
    assert answers[1]["id"] == 9
    assert "error" not in answers[1]


def test_blank_lines_are_passed_over_and_other_scripts_come_back_as_they_are():
    _, answers, _ = called("triage", "", {"id": "ß漢", "text": "été"})
    assert [answer["id"] for answer in answers] == ["ß漢"]


def test_a_wrong_call_ends_with_2_and_says_what_is_wrong():
    code, answers, errors = called("triage", arguments=["--loudly"])
    assert (code, answers) == (2, [])
    assert "--loudly" in errors
    code, _, errors = called("tirage")
    assert code == 2
    assert "tirage" in errors


def test_parse_reads_messages_as_the_contract_has_it():
    lines = [
        {"id": 1, "text": "is laser used on milia, i am not pregnant"},
        {"id": 2, "text": "Ingredients: Aqua, Petrolatum, Glycerin, Parfum"},
        {"id": 3, "text": "¿Qué son estos puntos blancos?"},
        {"id": 4, "text": ""},
        {"id": 5, "text": "/goodbye"},
    ]
    code, (laser, label, spanish, empty, slash), _ = called("parse", *lines)
    assert code == 0
    assert set(laser) == {"id", "intent", "confidence", "ranking", "entities", "questions", "urgency"}
    assert [set(entry) for entry in laser["ranking"]] == [{"intent", "confidence"}] * 3
    assert {"entity": "treatment", "value": "laser", "start": 3, "end": 8, "negated": False} in laser["entities"]
    assert [entity["negated"] for entity in laser["entities"] if entity["entity"] == "audience"] == [True]
    assert (label["intent"], label["questions"]) == ("ingredient_check", [])
    assert spanish["intent"] == "other_language"
    assert "error" in empty
    assert slash["confidence"] < 1.0


def test_ask_runs_whole_turns_each_conversation_by_itself():
    lines = [
        {"id": 1, "conversation": "a", "text": "how long do milia last"},
        {"id": 2, "conversation": "b", "text": "tell me more"},
        {"id": 3, "conversation": "a", "choice": "topic.recurrence"},
        {"id": 4, "conversation": "b", "choice": "topic.recurrence"},
        {"id": 5, "conversation": "a"},
    ]
    code, (first, other, tapped, unasked, neither), _ = called("ask", *lines)
    assert code == 0
    (message,) = first["messages"]
    assert message["topics"] == ["duration"]
    assert {"id": "topic.recurrence", "title": "Do they come back?", "topic": "recurrence"} in message["choices"]
    assert other["messages"][0]["topics"] == ["tell_more"]
    assert tapped["messages"][0]["topics"] == ["recurrence"]
    assert "error" in unasked
    assert "error" in neither
