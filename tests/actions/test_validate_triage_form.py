from __future__ import annotations

from typing import Any

import pytest

from actions.validate_triage_form import ValidateTriageForm
from assistant import referral
from tests.actions.action_test_helper import Event, Said, run

QUESTIONS = referral.triage().order
REJECTED: Event = {"event": "action_execution_rejected", "name": referral.FORM, "policy": None, "confidence": None}


def answered(**answers: str) -> dict[str, Any]:
    """Return the slots of a form with these answers."""
    return {referral.slot(question): [answer] for question, answer in answers.items()}


def open_at(question: str, **answers: str) -> dict[str, Any]:
    return {"requested_slot": referral.slot(question), **answered(**answers)}


def form(slots: dict[str, Any], does: str = "start", text: str = "", urgency: str = "none", **answers: str) -> Said:
    """Run the form on a message that does something and answers something."""
    said = {"answers": {question: [answer] for question, answer in answers.items()}, "does": does}
    return run(ValidateTriageForm(), referral.triage().topic, text, slots=slots, triage=said, urgency=urgency)


def rejects(said: Said) -> bool:
    return any(event["event"] == REJECTED["event"] for event in said.events)


class TestAStart:
    def test_asks_the_first_question_with_its_choices_and_a_way_out(self) -> None:
        said = form({})
        assert said.slots["requested_slot"] == "triage_who"
        assert referral.triage().question("who").asks in said.text
        assert said.choices["Baby"] == "triage.who.baby|check_my_bump"
        assert list(said.choices)[-2:] == ["Skip", "Stop"]
        assert said.slots["topic"] == "check_my_bump"

    def test_does_not_ask_what_is_remembered_or_was_just_said_and_says_so(self) -> None:
        said = form({"audience": "baby", "body_area": "nose"}, how_long="weeks")
        assert said.slots["requested_slot"] == "triage_changed"
        assert "it is about a baby, it is on the face and it has been there for less than 3 months" in said.text
        assert said.assumed == {"audience": "baby", "body_area": "nose"}

    def test_takes_a_remembered_time_for_an_answer(self) -> None:
        assert form({"duration": "years"}).slots["triage_how_long"] == ["years"]

    def test_forgets_the_answers_of_the_form_before(self) -> None:
        said = form({**answered(who="child", changed="bleeds"), "triage_urgency": "soon"})
        assert said.slots["triage_who"] is None
        assert said.slots["triage_changed"] is None
        assert said.slots["triage_urgency"] == "none"

    def test_gives_urgent_advice_first_and_remembers_how_urgent_it_was(self) -> None:
        said = form({}, text="should i worry, it keeps growing", urgency="soon")
        assert said.text.startswith("Show a bump that grows")
        assert (said.urgency, said.slots["triage_urgency"]) == ("soon", "soon")

    def test_is_over_at_once_where_the_message_is_urgent_enough(self) -> None:
        said = form({}, text="check it, it is full of pus", urgency="today")
        assert (said.messages, said.slots["requested_slot"]) == ([], None)


class TestAnAnswer:
    def test_is_kept_and_the_next_question_asked(self) -> None:
        said = form(open_at("who"), "answer", who="child")
        assert said.slots["triage_who"] == ["child"]
        assert said.slots["requested_slot"] == "triage_where"
        assert not rejects(said)
        assert "topic" not in said.slots

    def test_to_a_question_asked_before_corrects_it(self) -> None:
        said = form(open_at("where", who="adult"), "answer", who="baby")
        assert (said.slots["triage_who"], said.slots["requested_slot"]) == (["baby"], "triage_where")

    def test_to_the_last_question_ends_the_form_without_a_word(self) -> None:
        slots = open_at("tried", who="adult", where="face", how_long="weeks", changed="nothing", looks="typical")
        said = form(slots, "answer", tried="nothing")
        assert (said.messages, said.slots["requested_slot"]) == ([], None)

    @pytest.mark.parametrize("answer", ["inflamed", "ill", "sight"])
    def test_that_is_urgent_enough_ends_the_form(self, answer: str) -> None:
        said = form(open_at("changed", who="adult"), "answer", changed=answer)
        assert (said.messages, said.slots["requested_slot"]) == ([], None)

    def test_that_is_skipped_is_stored_as_skipped(self) -> None:
        said = form(open_at("who"), "skip")
        assert said.slots["triage_who"] == [referral.SKIPPED]
        assert said.slots["requested_slot"] == "triage_where"


class TestWhatIsNotAnAnswer:
    def test_is_said_once_and_the_question_explained_from_the_second_time_on(self) -> None:
        first = form(open_at("who"), "unclear")
        second = form({**open_at("who"), "triage_failed": first.slots["triage_failed"]}, "unclear")
        third = form({**open_at("who"), "triage_failed": second.slots["triage_failed"]}, "unclear")
        says, explain = referral.triage().says, referral.triage().question("who").explain
        assert [says.unclear in said.text for said in (first, second, third)] == [True, False, False]
        assert [explain in said.text for said in (first, second, third)] == [False, True, True]
        assert first.slots["requested_slot"] == "triage_who"

    def test_is_counted_anew_after_an_answer(self) -> None:
        assert form({**open_at("who"), "triage_failed": 2}, "answer", who="baby").slots["triage_failed"] == 0

    def test_gets_the_explanation_at_once_where_it_asks_for_it(self) -> None:
        said = form(open_at("looks", who="adult"), "explain")
        assert referral.triage().question("who").explain not in said.text
        assert referral.triage().question("where").explain in said.text

    def test_is_a_question_in_between_where_the_turn_says_so_and_what_it_tells_is_kept(self) -> None:
        said = form(open_at("where", who="adult"), "asks", where="eyelid")
        assert rejects(said)
        assert (said.messages, said.slots["triage_where"]) == ([], ["eyelid"])

    def test_is_a_question_in_between_where_it_has_nothing_to_do_with_the_form(self) -> None:
        said = run(ValidateTriageForm(), "what_are_milia", "what are milia", slots=open_at("who"))
        assert rejects(said)
        assert said.messages == []

    def test_stops_the_form_without_a_word(self) -> None:
        said = form(open_at("who"), "stop")
        assert (said.messages, said.slots["requested_slot"]) == ([], None)


class TestAfterAQuestionInBetween:
    def test_the_open_question_is_asked_again_without_the_advice_that_was_given(self) -> None:
        slots = {**open_at("where", who="adult"), "triage_urgency": "soon"}
        said = run(
            ValidateTriageForm(),
            "duration",
            "it keeps growing, how long do they last",
            slots=slots,
            events=[{"event": "user"}, REJECTED, {"event": "bot"}],
            urgency="soon",
            triage={"answers": {}, "does": "asks"},
        )
        assert said.text.startswith("**2/6**")
        assert (said.urgency, said.slots["requested_slot"]) == ("none", "triage_where")
        assert said.slots["triage_urgency"] == "soon"

    def test_a_rejection_of_an_earlier_message_is_none_of_this_one(self) -> None:
        said = run(
            ValidateTriageForm(),
            "check_my_bump",
            slots=open_at("who"),
            events=[{"event": "user"}, REJECTED, {"event": "bot"}, {"event": "user"}],
            triage={"answers": {"who": ["child"]}, "does": "answer"},
        )
        assert said.slots["triage_who"] == ["child"]
