"""`validate` tells what is wrong with content and with medical safety, and says so by its exit, too."""

import pytest

from assistant import ingredients, safety
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


def test_the_longest_results_fit_every_platform():
    assert list(validate.label_problems()) == []


def test_what_is_checked_is_long_and_goes_over_every_answer():
    found = dict(ingredients.longest())
    assert max(map(len, found.values())) > 600
    assert {ask for ask in ingredients.ASKS if any(f"answer {ask!r}" in place for place in found)} == ingredients.ASKS


@pytest.mark.parametrize(
    ("name", "found", "told"),
    [
        ("longest", lambda: [("a result", "x" * 1_000)], "WhatsApp takes 1024"),
        ("titles", lambda: ["A title that no button can hold"], "WhatsApp takes 20 characters"),
    ],
)
def test_a_result_or_a_title_that_is_too_long_is_told(monkeypatch, name, found, told):
    monkeypatch.setattr(ingredients, name, found)
    assert any(told in problem for problem in validate.label_problems())


def test_a_choice_that_a_platform_loses_is_a_problem(monkeypatch, capsys):
    from assistant.channels.platforms import fit

    whole = fit.render
    monkeypatch.setattr(fit, "render", lambda platform, text, choices: whole(platform, text, choices[:1]))
    assert main(["validate"]) == 1
    assert "is lost." in capsys.readouterr().out


def test_what_is_rendered_for_platforms_is_every_answer_and_every_question():
    places = [at for at, *_ in validate._said()]
    assert len(places) > 2_000
    for needed in ("about.yml, topic ", "triage.yml, ", "_words.yml: ", "guide/system.yml, ", "channels/texts.yml, "):
        assert any(place.startswith(needed) for place in places), needed
