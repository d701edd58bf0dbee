from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.facets import facets, forgotten


def tracker(slots: dict[str, Any], **latest: Any) -> Tracker:
    return Tracker("visitor", slots, latest, [], False, None, {}, "action_listen")


def gone(tracker: Tracker, topic: str) -> list[str]:
    return [event["name"] for event in forgotten(tracker, topic)]


def named(**values: str) -> list[dict[str, str]]:
    return [{"entity": name, "value": value} for name, value in values.items()]


def test_only_facets_that_are_known_are_facets() -> None:
    assert facets(tracker({"audience": "baby", "treatment": "", "topic": "duration"})) == {"audience": "baby"}


def test_what_the_message_names_comes_before_what_is_remembered() -> None:
    known = tracker({"audience": "baby", "body_area": "nose"}, mentions=named(audience="adult"))
    assert facets(known) == {"audience": "adult", "body_area": "nose"}


def test_a_new_subject_drops_what_belonged_to_the_old_one() -> None:
    slots = {"topic": "energy_treatments", "treatment": "laser", "audience": "baby", "body_area": "nose"}
    assert gone(tracker(slots), "duration") == ["treatment"]
    assert facets(tracker(slots), "duration") == {"audience": "baby", "body_area": "nose"}
    assert gone(tracker(slots), "energy_treatments") == []


def test_a_follow_up_keeps_the_subject() -> None:
    slots = {"topic": "energy_treatments", "treatment": "laser"}
    assert gone(tracker(slots, follow_up=True), "extraction_risks") == []
    assert facets(tracker(slots, follow_up=True), "extraction_risks") == {"treatment": "laser"}


def test_who_speaks_of_their_own_skin_speaks_no_longer_of_a_child() -> None:
    assert gone(tracker({"topic": "duration", "audience": "baby"}, of_oneself=True), "duration") == ["audience"]
    assert gone(tracker({"topic": "duration", "audience": "pregnancy"}, of_oneself=True), "duration") == []
    again = tracker({"topic": "duration", "audience": "baby"}, of_oneself=True, mentions=named(audience="baby"))
    assert gone(again, "duration") == []
