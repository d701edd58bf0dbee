"""The decision behind "Check my bump": answers in, how soon and whom to see out. No Rasa, no chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError

from assistant.files import read_yaml
from assistant.referral.flags import FOLDER, LEVELS
from assistant.referral.triage_schema import SKIPPED, Rule, Triage

# Question id to the ids of what was answered; [SKIPPED] for a question that was skipped.
Answers = Mapping[str, Sequence[str]]

TRIAGE_FILE = "triage.yml"
# What domain.yml calls the form, and the slot of each question's answer.
FORM = "triage_form"
_SLOT = "triage_"
# From this level on nothing more is asked: what is left to know must not keep anybody from going.
ENOUGH = "today"
# Levels at which nobody has to go anywhere.
CALM = ("none", "elective")
_NOTES = 2


class BrokenTriage(Exception):
    """triage.yml does not fit the schema; the message names the place."""


@dataclass(frozen=True)
class Result:
    """What the form comes to. Texts keep their placeholders ({urgent_line} ...); `sources` are ids of data/sources.yml.

    `facts` are the answers that it rests on, `unknown` what was not answered; `summary` pairs each question's label
    with the answers' titles; `noted`: a red flag in the visitor's own words is as urgent or more.
    """

    level: str
    says: str
    facts: Sequence[str]
    unknown: Sequence[str]
    provider: str
    search: str
    net: str | None
    notes: Sequence[str]
    asks: Sequence[str]
    cost: Sequence[str]
    summary: Sequence[tuple[str, str]]
    next: Sequence[str]
    sources: Sequence[str]
    noted: bool = False


@lru_cache(maxsize=1)
def load() -> Triage:
    """Return triage.yml; raise BrokenTriage where it does not fit the schema."""
    return checked(read_yaml(FOLDER / TRIAGE_FILE))


def checked(read: Any) -> Triage:
    """Return the form that `read`, the content of its file, describes; raise BrokenTriage where it does not fit."""
    try:
        return Triage.parse_obj(read)
    except ValidationError as error:
        raise BrokenTriage(f"{TRIAGE_FILE}: {error}") from error


def slot(question: str) -> str:
    """Return the name of the slot that keeps the answers to `question`."""
    return f"{_SLOT}{question}"


def question_of(slot: str) -> str:
    """Return the question whose answers `slot` keeps."""
    return slot.removeprefix(_SLOT)


def level(answers: Answers) -> str:
    """Return how urgent `answers` are by themselves; what was not asked counts for nothing."""
    return highest(rule.level for rule in _matching(answers))


def highest(levels: Iterable[str]) -> str:
    """Return the most urgent of `levels`, "none" where there are none."""
    return max(levels, key=LEVELS.index, default="none")


def enough(answers: Answers, floor: str = "none") -> bool:
    """Return whether the form is over: all is answered, or what is known is urgent enough."""
    urgent = LEVELS.index(highest([level(answers), floor])) >= LEVELS.index(ENOUGH)
    return urgent or all(answers.get(question) for question in load().order)


def conclude(given: Answers, floor: str = "none") -> Result:
    """Return the result for the answers that were `given`; a question without one counts as skipped.

    `floor` is the level of the red flags in what the visitor typed: the result is never below it.
    Raises KeyError for an answer that triage.yml does not know.
    """
    triage = load()
    answers = {name: list(given.get(name) or [SKIPPED]) for name in triage.order}
    matching = _matching(answers)
    own = highest(rule.level for rule in matching)
    reached = highest([own, floor])
    deciding = [rule for rule in matching if rule.level == reached]
    texts = triage.levels[reached]  # type: ignore[index]
    provider = next(one for one in triage.providers if _fits(one.when, answers) and reached in (one.levels or LEVELS))
    notes = [note for note in triage.notes if _fits(note.when, answers)][:_NOTES]
    says = deciding[0] if deciding and deciding[0].says else texts
    cost = [one for one in triage.cost if reached in one.levels]
    parts = [*deciding[:1], provider, texts, *deciding[1:], *notes, *cost]
    return Result(
        level=reached,
        says=str(says.says),
        facts=_facts(answers, deciding, urgent=reached not in CALM),
        unknown=[question.unknown for question in triage.questions if answers[question.id] == [SKIPPED]],
        provider=provider.says,
        search=provider.search,
        net=texts.net,
        notes=[note.says for note in notes],
        asks=[one.says for one in triage.asks if reached in one.levels and _fits(one.when, answers)],
        cost=[one.says for one in cost],
        summary=[(question.label, _titles(question.id, answers[question.id])) for question in triage.questions],
        next=texts.next,
        sources=list(dict.fromkeys(source for part in parts for source in part.sources)),
        noted=LEVELS.index(floor) > LEVELS.index(own),
    )


def _matching(answers: Answers) -> list[Rule]:
    return [rule for rule in load().rules if _fits(rule.when, answers)]


def _fits(conditions: Iterable[str], answers: Answers) -> bool:
    for condition in conditions:
        if not any(choice in answers.get(question, ()) for question, choice in _alternatives(condition)):
            return False
    return True


@cache
def _alternatives(condition: str) -> list[tuple[str, str]]:
    """Return (question, choice) of each of the answers that `condition`, "who.baby|who.child", takes."""
    named = [one.partition(".") for one in condition.split("|")]
    return [(question, choice) for question, _, choice in named]


def _facts(answers: Answers, deciding: Iterable[Rule], urgent: bool) -> list[str]:
    """Return what the result rests on: the answers that `deciding` rules name, all of them where nothing is urgent."""
    named = {one for rule in deciding for condition in rule.when for one in _alternatives(condition)}
    return [
        choice.fact
        for question in load().questions
        for choice in question.choices
        if choice.id in answers[question.id] and (not urgent or (question.id, choice.id) in named)
    ]


def _titles(question: str, given: Sequence[str]) -> str:
    triage = load()
    if list(given) == [SKIPPED]:
        return str(triage.says.skipped)
    return ", ".join(triage.question(question).choice(name).title for name in given)
