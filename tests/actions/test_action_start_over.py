from __future__ import annotations

from actions.action_start_over import ActionStartOver
from tests.actions.action_test_helper import run


def test_every_slot_is_forgotten_last_of_all() -> None:
    said = run(ActionStartOver(), "start_over", slots={"audience": "baby", "topic": "duration"})
    assert said.events[-1]["event"] == "reset_slots"


def test_it_says_so_and_assumes_nothing_any_more() -> None:
    said = run(ActionStartOver(), "start_over", slots={"audience": "baby"})
    assert said.topics == ["start_over"]
    assert said.assumed == {}
