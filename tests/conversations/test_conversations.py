"""Replays whole dialogues, tests/conversations/*.yml, through the trained model and the real actions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, Extra, parse_obj_as, root_validator

from assistant import guide
from assistant.files import read_yaml
from assistant.turn.message import Message
from tests.trained import Trained, loaded

DIALOGUES = sorted(Path(__file__).parent.glob("*.yml"))

# A fact is a piece of text, or several of which one is enough.
Fact = str | list[str]


class _Strict(BaseModel):
    class Config:
        """A misspelt check must not pass unread."""

        extra = Extra.forbid


class Turn(_Strict):
    """What the visitor does, and what must hold of what is said to it.

    `topics`: one of them is among the reply's. `assumed`: facets that the reply names, null for one that it must not.
    `alone`: urgent advice, and no topic answered. `sources`: whether the reply cites any.
    """

    visitor: str | None = None
    taps: str | None = None
    topics: list[str] = []
    holds: list[Fact] = []
    holds_not: list[str] = []
    urgency: str | None = None
    choices: list[str] = []
    sources: bool | None = None
    assumed: dict[str, str | None] = {}
    alone: bool = False

    @root_validator
    @classmethod
    def says_or_taps(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Refuse a turn in which the visitor does nothing, or two things at once."""
        if (values.get("visitor") is None) == (values.get("taps") is None):
            raise ValueError("a turn has either `visitor` or `taps`")
        return values


class Dialogue(_Strict):
    """One file: what it shows, in a sentence, and the turns in order."""

    says: str
    turns: list[Turn]


@pytest.fixture(scope="module")
def assistant() -> Iterator[Trained]:
    """Load the trained model and run the real actions, once for all dialogues."""
    with loaded() as trained:
        yield trained


def reply_to(assistant: Trained, conversation: str, turn: Turn, before: Sequence[Message]) -> list[Message]:
    """Return the reply to `turn`; a tap takes the choice of that title from the messages `before`."""
    if turn.visitor is not None:
        return assistant.say(conversation, turn.visitor)
    offered = {choice["title"]: choice["id"] for message in before for choice in message.choices}
    assert turn.taps in offered, f"{turn.taps!r} was not offered, only {sorted(offered)}"
    return assistant.tap(conversation, offered[turn.taps])


def dialogue(path: Path) -> Dialogue:
    """Return the dialogue that the file holds; raise pydantic's ValidationError where it does not fit."""
    return parse_obj_as(Dialogue, read_yaml(path))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_dialogue(assistant: Trained, path: Path) -> None:
    said: list[Message] = []
    for number, turn in enumerate(dialogue(path).turns, start=1):
        said = reply_to(assistant, path.stem, turn, said)
        faults = faults_of(turn, said)
        if faults:
            pytest.fail(shown(path, number, turn, said, faults), pytrace=False)


def test_dialogues_go_over_every_topic() -> None:
    turns = [turn for path in DIALOGUES for turn in dialogue(path).turns]
    spoken_of = {topic for turn in turns for topic in turn.topics}
    assert set(guide.load().topics) - spoken_of == set()


def test_a_reply_that_holds_what_it_must_has_no_fault() -> None:
    turn = Turn(visitor="How long?", topics=["causes", "duration"], holds=["Weeks", ["years", "months"]])
    assert faults_of(turn, [REPLY]) == []


@pytest.mark.parametrize(
    "check",
    [
        {"topics": ["causes"]},
        {"holds": ["a fixed time"]},
        {"holds": [["days", "years"]]},
        {"holds_not": ["weeks"]},
        {"urgency": "today"},
        {"choices": ["Something not offered"]},
        {"sources": False},
        {"assumed": {"audience": "adult"}},
        {"assumed": {"audience": None}},
        {"alone": True},
    ],
)
def test_a_reply_that_lacks_what_it_must_hold_has_a_fault(check: dict[str, Any]) -> None:
    assert len(faults_of(Turn(visitor="How long?", **check), [REPLY])) == 1


REPLY = Message(
    id="1",
    text="Most go within weeks, and some take a few months.",
    choices=[{"id": "topic.causes", "title": "Why milia form", "topic": "causes"}],
    sources=[{"title": "A page", "publisher": "A publisher", "url": None}],
    topics=["duration"],
    assumed={"audience": "baby"},
)


def faults_of(turn: Turn, said: Sequence[Message]) -> list[str]:
    """Return a sentence for each thing that the reply `said` to `turn` lacks or must not hold."""
    text = "\n\n".join(message.text for message in said).casefold()
    topics = [topic for message in said for topic in message.topics]
    titles = {choice["title"] for message in said for choice in message.choices}
    cited = any(message.sources for message in said)
    assumed = {name: value for message in said for name, value in message.assumed.items()}
    urgency = said[0].urgency
    wrong = {
        f"its topics are {topics}, none of {turn.topics}": bool(turn.topics) and not set(topics) & set(turn.topics),
        f"its urgency is {urgency}, not {turn.urgency}": turn.urgency not in (None, urgency),
        f"it cites {'something' if cited else 'nothing'}": turn.sources not in (None, cited),
        f"it does not stand alone: {topics}": turn.alone and (topics != [] or urgency != "emergency"),
    }
    wrong |= {f"it does not hold {fact!r}": not _holds(text, fact) for fact in turn.holds}
    wrong |= {f"it holds {fact!r}": _holds(text, fact) for fact in turn.holds_not}
    wrong |= {f"it does not offer {title!r}": title not in titles for title in turn.choices}
    wrong |= {
        f"it assumes {assumed.get(name)!r} as {name}, not {value!r}": assumed.get(name) != value
        for name, value in turn.assumed.items()
    }
    return [fault for fault, is_so in wrong.items() if is_so]


def _holds(text: str, fact: Fact) -> bool:
    return any(piece.casefold() in text for piece in ([fact] if isinstance(fact, str) else fact))


def shown(path: Path, number: int, turn: Turn, said: Sequence[Message], faults: Sequence[str]) -> str:
    """Return what a person needs to see of a turn that failed: what was asked, what is wrong, the whole reply."""
    replies = [message.as_dict() for message in said]
    asked = f"{path.name}, turn {number}: {turn.visitor or f'[taps] {turn.taps}'}"
    reply = json.dumps([{**reply, "text": "(above)"} for reply in replies], indent=2, ensure_ascii=False)
    text = "\n\n".join(message.text for message in said)
    return "\n".join([asked, *(f"- {fault}" for fault in faults), "", text, "", reply])
