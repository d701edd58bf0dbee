from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation import follow_ups
from assistant.evaluation.data import NoData
from assistant.evaluation.follow_ups import BadDialogue, Outcome, Turn
from assistant.evaluation.replies import Reply
from assistant.evaluation.run import replay
from assistant.turn import Message

KINDS = {"causes": "guide", "duration": "guide", "prevention": "guide"}


def outcome(turn: dict[str, object], *answered: str, **assumed: str) -> Outcome:
    return Outcome(Turn(**{"say": "a turn", **turn}), (), Reply(answered, ("prevention",), assumed))


def test_a_turn_is_resolved_by_one_topic_of_each_need() -> None:
    turn = {"needs": [["causes", "prevention"], ["duration"]]}
    assert outcome(turn, "duration", "causes").resolved
    assert not outcome(turn, "causes", "prevention").resolved
    assert not outcome({"needs": [["prevention"]]}, "causes").resolved


def test_a_turn_is_resolved_only_for_the_facets_it_names() -> None:
    turn = {"needs": [["duration"]], "assumed": {"audience": "baby"}}
    assert outcome(turn, "duration", audience="baby", body_area="eye").resolved
    assert not outcome(turn, "duration", audience="adult").resolved
    assert not outcome(turn, "duration").resolved


def test_a_facet_of_which_the_answer_says_nothing_does_not_bind() -> None:
    turn = {"needs": [["types_of_milia"]], "assumed": {"treatment": "laser"}}
    assert outcome(turn, "types_of_milia").resolved


def test_not_to_understand_may_be_what_a_turn_needs() -> None:
    assert outcome({"needs": [["nlu_fallback"]]}).resolved
    assert not outcome({"needs": [["nlu_fallback"]]}, "causes").resolved


def test_the_figures_are_shares_of_all_turns_of_follow_ups_and_of_turns_with_several_needs() -> None:
    two = {"needs": [["causes"], ["duration"]]}
    outcomes = [
        outcome({"needs": [["causes"]]}, "causes"),
        outcome({"needs": [["duration"]], "follow_up": True}, "duration"),
        outcome({"needs": [["duration"]], "follow_up": True}, "causes"),
        outcome({"needs": [["duration"]], "follow_up": True}, "causes"),
        outcome(two, "causes", "duration"),
        outcome({**two, "assumed": {"audience": "baby"}}, "causes", "duration"),
        outcome(two, "causes"),
        outcome(two, "prevention"),
        outcome({"needs": []}, "prevention"),
    ]
    assert follow_ups.figures(outcomes) == {
        "count": 8,
        "resolved": 3 / 8,
        "follow_ups": {"count": 3, "resolved": 1 / 3},
        "several": {"count": 4, "all": 0.5, "any": 0.75},
        "failed": 0,
    }
    assert len(follow_ups.unresolved(outcomes)) == 5


def test_dialogues_are_lists_of_turns(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("- - {say: why, needs: [[causes]]}\n  - {say: and, needs: [], follow_up: true}\n")
    (tmp_path / "b.yml").write_text("- - {say: how long, needs: [[duration]], assumed: {audience: baby}}\n")
    (tmp_path / "empty.yml").write_text("# nothing yet\n")
    first, second = follow_ups.dialogues(tmp_path, KINDS)
    assert [(turn.say, turn.needs, turn.follow_up) for turn in first] == [
        ("why", [["causes"]], False),
        ("and", [], True),
    ]
    assert second[0].assumed == {"audience": "baby"}


@pytest.mark.parametrize("written", ["{say: a secret, need: [[causes]]}", "{say: a secret, needs: [causes]}"])
def test_a_turn_that_is_not_well_formed_is_named_and_not_quoted(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.yml").write_text(f"- - {written}\n")
    with pytest.raises(BadDialogue, match=r"a\.yml.*0\.0\.need") as raised:
        follow_ups.dialogues(tmp_path, KINDS)
    assert "secret" not in str(raised.value)
    assert raised.value.__suppress_context__


def test_a_misspelt_topic_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("- - {say: why, needs: [[causes, casues]]}\n")
    with pytest.raises(BadDialogue, match="casues"):
        follow_ups.dialogues(tmp_path, KINDS)


def test_a_missing_folder_is_named_and_an_empty_one_holds_nothing(tmp_path: Path) -> None:
    assert follow_ups.dialogues(tmp_path, KINDS) == []
    with pytest.raises(NoData, match="absent"):
        follow_ups.dialogues(tmp_path / "absent", KINDS)


async def test_a_dialogue_is_said_in_one_conversation_in_order() -> None:
    said: list[tuple[str, str]] = []

    class Echo:
        async def take(self, conversation: str, text: str) -> list[Message]:
            said.append((conversation, text))
            return [Message("1", text.upper(), topics=["causes"])]

    dialogue = [Turn(say="why", needs=[["causes"]]), Turn(say="and how long", needs=[["duration"]])]
    first, second = await replay(Echo(), dialogue, "a")  # type: ignore[arg-type]
    assert said == [("a", "why"), ("a", "and how long")]
    assert (first.before, second.before) == ((), ("why",))
    assert (first.resolved, second.resolved) == (True, False)
