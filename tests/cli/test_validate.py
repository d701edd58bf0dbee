"""`validate` holds what the label reader can say against every platform, too."""

import pytest

from assistant import ingredients
from assistant.cli import validate


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
