from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

import actions
from actions.action_answer_question import ActionAnswerQuestion
from actions.base import GuideAction
from assistant import guide, referral, site
from tests.actions.action_test_helper import run

EMERGENCY = "i put the cream on and now my throat is swelling and i cannot breathe"
TODAY = "my eyelid is hot red and swollen and full of pus"
SOON = "a bump on my chest keeps growing and bleeding"

MODULES = [path.stem for path in sorted(Path(actions.__path__[0]).glob("action_*.py"))]


def _action(module: str) -> GuideAction:
    found = inspect.getmembers(importlib.import_module(f"actions.{module}"), inspect.isclass)
    (action,) = [kind for _, kind in found if kind.__module__ == f"actions.{module}"]
    made = action()
    assert isinstance(made, GuideAction)
    return made


ACTIONS = [_action(module) for module in MODULES]
# An intent that leads to the action: any topic of the guide serves those that answer, and none is read by the others.
INTENT = "duration"
# Answers to the triage form that make nothing of a bump.
CALM = {
    referral.slot(question): [answer]
    for question, answer in {
        "who": "baby",
        "where": "face",
        "how_long": "weeks",
        "changed": "nothing",
        "looks": "typical",
        "tried": "nothing",
    }.items()
}


def _advice(text: str) -> referral.Advice:
    found = referral.advice(referral.detect(text), site.load().words)
    assert found is not None
    return found


@pytest.mark.parametrize("action", ACTIONS, ids=MODULES)
class TestEveryAction:
    def test_is_named_like_its_file(self, action: GuideAction) -> None:
        assert type(action).__module__ == f"actions.{action.name()}"

    def test_says_nothing_but_the_advice_in_an_emergency(self, action: GuideAction) -> None:
        said = run(action, INTENT, EMERGENCY, slots={"topic": "causes"}, intent_ranking=[{"name": "causes"}])
        assert said.text == _advice(EMERGENCY).text
        assert said.urgency == "emergency"
        assert (said.topics, said.choices, said.effect) == ([], {}, None)
        assert said.sources == guide.cite(guide.load(), _advice(EMERGENCY).sources)

    @pytest.mark.parametrize(("text", "urgency"), [(TODAY, "today"), (SOON, "soon")])
    def test_gives_urgent_advice_ahead_of_its_own_words(self, action: GuideAction, text: str, urgency: str) -> None:
        before = [run(ActionAnswerQuestion(), "causes")]
        said = run(action, INTENT, text, slots={"topic": "causes"}, said_before=before)
        advice = _advice(text)
        assert said.urgency == urgency
        assert said.text.startswith(f"{advice.text}\n\n")
        assert said.sources[: len(advice.sources)] == guide.cite(guide.load(), advice.sources)

    def test_says_one_message_without_urgency_to_an_ordinary_one(self, action: GuideAction) -> None:
        said = run(action, INTENT, "how long do they last", slots={"topic": "causes", **CALM})
        assert said.urgency == "none"
        assert said.text
        assert len(said.messages) == (2 if action.name() == "action_triage_result" else 1)

    def test_was_understood_unless_it_is_the_fallback(self, action: GuideAction) -> None:
        slots = run(action, INTENT, "how long", slots={"misunderstood": 1}).slots
        assert slots["misunderstood"] == (2 if action.name() == "action_default_fallback" else 0)


@pytest.mark.parametrize("topic", list(guide.load().topics))
def test_a_tapped_choice_is_no_sign_whatever_its_title_names(topic: str) -> None:
    said = run(ActionAnswerQuestion(), topic, guide.load().topics[topic].title, tapped=True)
    assert said.urgency == "none"


def test_typed_words_are_a_sign_even_where_they_are_the_title_of_a_choice() -> None:
    assert run(ActionAnswerQuestion(), "duration", TODAY, tapped=False).urgency == "today"


def test_a_message_without_words_is_none_of_urgent() -> None:
    assert run(ActionAnswerQuestion(), "duration", text=None).urgency == "none"  # type: ignore[arg-type]


def test_every_message_has_an_identity_of_its_own() -> None:
    said = [run(ActionAnswerQuestion(), "duration").message["custom"]["id"] for _ in range(50)]
    assert len(set(said)) == 50
