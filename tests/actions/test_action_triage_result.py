from __future__ import annotations

from typing import Any

from actions.action_triage_result import ActionTriageResult
from assistant import referral
from tests.actions.action_test_helper import Said, run

CALM = {
    "who": "adult",
    "where": "face",
    "how_long": "years",
    "changed": "nothing",
    "looks": "typical",
    "tried": "nothing",
}


def result(does: str = "answer", slots: dict[str, Any] | None = None, **answers: str) -> Said:
    kept = {referral.slot(question): [answer] for question, answer in answers.items()}
    said = {"answers": {}, "does": does}
    return run(ActionTriageResult(), "check_my_bump", slots={**kept, **(slots or {})}, triage=said)


def test_it_carries_its_level_its_reason_and_its_sources() -> None:
    said = result(**{**CALM, "changed": "bleeds"})
    assert said.urgency == "soon"
    assert "You told me: it bleeds or crusts." in said.text
    assert said.sources
    assert said.topics == ["check_my_bump"]


def test_a_second_message_holds_what_to_take_along_and_where_to_go_on() -> None:
    said = result(**CALM)
    _, along = said.messages
    assert "- Where: Elsewhere on face" in along["text"]
    assert '"dermatologist milia removal near me"' in along["text"]
    assert [button["title"] for button in along["buttons"]][:2] == ["Find a provider", "Cost and insurance"]
    assert along["custom"]["urgency"] == "none"


def test_an_emergency_stands_alone() -> None:
    said = result(**{**CALM, "changed": "sight"})
    assert (said.urgency, len(said.messages), said.choices) == ("emergency", 1, {})
    assert "911" in said.text


def test_red_flags_typed_before_are_the_least_that_it_says() -> None:
    said = result(slots={"triage_urgency": "soon"}, **CALM)
    assert said.urgency == "soon"
    assert referral.triage().noted in said.text


def test_a_stop_says_so_and_what_was_urgent_so_far() -> None:
    calm, urgent = result("stop", **CALM), result("stop", where="eyelid")
    flagged = result("stop", slots={"triage_urgency": "soon"}, who="adult")
    assert [said.urgency for said in (calm, urgent, flagged)] == ["none", "soon", "soon"]
    assert calm.text == referral.triage().says.stopped
    assert referral.triage().levels["soon"].says in urgent.text
    assert [len(said.messages) for said in (calm, urgent, flagged)] == [1, 1, 1]
    assert list(calm.choices) == ["Check my bump"]


def test_whom_and_where_are_remembered_for_later_questions_and_the_answers_forgotten() -> None:
    said = result(**{**CALM, "who": "child", "where": "eyelid"})
    assert (said.slots["audience"], said.slots["body_area"]) == ("child", "eyelid")
    assert said.slots["topic"] == "check_my_bump"
    assert [said.slots[referral.slot(question)] for question in CALM] == [None] * 6


def test_a_place_that_is_known_more_exactly_stays() -> None:
    said = result(slots={"body_area": "nose"}, **CALM)
    assert (said.slots["body_area"], said.assumed) == ("nose", {"audience": "adult", "body_area": "nose"})


def test_what_was_skipped_is_remembered_as_nothing() -> None:
    assert "audience" not in result(**{**CALM, "who": referral.SKIPPED}).slots


def test_advice_less_urgent_than_the_result_does_not_lead_it() -> None:
    slots = {referral.slot("who"): ["baby"], referral.slot("changed"): ["ill"]}
    said = run(
        ActionTriageResult(),
        "check_my_bump",
        "a fever of 39 with her bumps",
        slots=slots,
        urgency="today",
        triage={"answers": {}, "does": "answer"},
    )
    assert (said.urgency, len(said.messages)) == ("emergency", 1)
    assert said.text.startswith("A baby with a fever or who seems ill must be seen **now**")


def test_advice_as_urgent_as_the_result_leads_it_once() -> None:
    slots = {referral.slot("changed"): ["inflamed"], "triage_urgency": "today"}
    said = run(
        ActionTriageResult(),
        "check_my_bump",
        "it is hot and full of pus",
        slots=slots,
        urgency="today",
        triage={"answers": {}, "does": "answer"},
    )
    assert said.text.startswith("Have this seen **today**")
    assert said.text.count("call **911**") == 1
