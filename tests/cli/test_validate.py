"""`validate` tells what is wrong with content and with medical safety, and says so by its exit, too."""

import pytest

from assistant import safety
from assistant.cli import main, validate
from assistant.guide.library import BrokenContent


def test_sound_content_is_0(capsys):
    assert main(["validate"]) == 0
    assert capsys.readouterr().err == "No problems found.\n"


@pytest.mark.parametrize("place", ["content", "safety"])
def test_a_problem_of_either_kind_is_printed_and_1(place, capsys, monkeypatch):
    monkeypatch.setattr(validate, "problems", lambda: ["about.yml: it is broken."] if place == "content" else [])
    monkeypatch.setattr(safety, "problems", lambda: ["about.yml: it is broken."] if place == "safety" else [])
    assert main(["validate"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("about.yml: it is broken.\n", "1 problems found.\n")


def test_content_that_cannot_be_read_is_one_problem(capsys, monkeypatch):
    def refuse():
        raise BrokenContent("about.yml: it does not fit")

    monkeypatch.setattr(validate, "problems", list)
    monkeypatch.setattr(safety, "problems", refuse)
    assert main(["validate"]) == 1
    assert capsys.readouterr().out == "about.yml: it does not fit\n"
