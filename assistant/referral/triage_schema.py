"""What data/referral/triage.yml may hold; a file that does not fit is refused when it is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, Extra, Field, conlist, constr, root_validator, validator

SKIPPED = "skipped"
TITLE_LIMIT = 20  # characters: the shortest button of all platforms (assistant/guide/schema.py)
CHOICES_LIMIT = 10  # WhatsApp shows a list of ten rows, "Skip" and "Stop" among them

Level = Literal["none", "elective", "soon", "today", "emergency"]
Name = constr(regex=r"^[a-z][a-z0-9_]*$")
Text = constr(strip_whitespace=True, min_length=1)
Title = constr(strip_whitespace=True, min_length=1, max_length=TITLE_LIMIT)
# "who.baby|who.child": one of these answers; both of one question or of two.
Condition = constr(regex=r"^[a-z_]+\.[a-z_]+(\|[a-z_]+\.[a-z_]+)*$")


class _Strict(BaseModel):
    class Config:
        """Refuse what is misspelt instead of dropping it; content is never changed once loaded."""

        extra = Extra.forbid
        frozen = True


class Choice(_Strict):
    """One answer to a question. The comments at the head of the file say what each part is for."""

    id: Name  # type: ignore[valid-type]
    title: Title  # type: ignore[valid-type]
    fact: Text  # type: ignore[valid-type]
    calm: bool = False
    facet: dict[Name, Name] = {}  # type: ignore[valid-type]
    named: dict[Name, list[Name]] = {}  # type: ignore[valid-type]
    typed: list[Text] = []  # type: ignore[valid-type]
    alone: list[Text] = []  # type: ignore[valid-type]


class Question(_Strict):
    """One question of the form."""

    id: Name  # type: ignore[valid-type]
    label: Text  # type: ignore[valid-type]
    unknown: Text  # type: ignore[valid-type]
    asks: Text  # type: ignore[valid-type]
    explain: Text  # type: ignore[valid-type]
    choices: conlist(Choice, min_items=2, max_items=CHOICES_LIMIT - 2)  # type: ignore[valid-type]

    def choice(self, name: str) -> Choice:
        """Return the choice of that id; raise KeyError for none."""
        known: dict[str, Choice] = {choice.id: choice for choice in self.choices}
        return known[name]


class _Conditional(_Strict):
    """Something said for some answers (`when`, all of them) and some levels (one of `levels`; empty: all)."""

    when: list[Condition] = []  # type: ignore[valid-type]
    levels: list[Level] = []
    says: Text  # type: ignore[valid-type]
    sources: list[Name] = []  # type: ignore[valid-type]


class Rule(_Strict):
    """Answers that make a level."""

    level: Literal["elective", "soon", "today", "emergency"]
    when: conlist(Condition, min_items=1)  # type: ignore[valid-type]
    says: Text | None = None  # type: ignore[valid-type]
    sources: conlist(Name, min_items=1)  # type: ignore[valid-type]


class LevelTexts(_Strict):
    """What a level says; `net` is when to go sooner, `next` the topics that are offered."""

    says: Text  # type: ignore[valid-type]
    net: Text | None = None  # type: ignore[valid-type]
    sources: conlist(Name, min_items=1)  # type: ignore[valid-type]
    next: list[Name] = Field(default=[], max_items=3)  # type: ignore[valid-type]


class Provider(_Conditional):
    """Whom to see, and a text for a search engine."""

    search: Text  # type: ignore[valid-type]


class Said(_Conditional):
    """A note, something to ask, or a word on cost."""


class Sentences(_Strict):
    """The form's own sentences."""

    start: Text  # type: ignore[valid-type]
    known: Text  # type: ignore[valid-type]
    told: Text  # type: ignore[valid-type]
    joined: Text = Field(alias="and")  # type: ignore[valid-type]
    unknown: Text  # type: ignore[valid-type]
    either: Text = Field(alias="or")  # type: ignore[valid-type]
    unclear: Text  # type: ignore[valid-type]
    help: Text  # type: ignore[valid-type]
    stopped: Text  # type: ignore[valid-type]
    stopped_urgent: Text  # type: ignore[valid-type]
    who: Text  # type: ignore[valid-type]
    ask: Text  # type: ignore[valid-type]
    summary: Text  # type: ignore[valid-type]
    skipped: Text  # type: ignore[valid-type]
    find: Text  # type: ignore[valid-type]
    search: Text  # type: ignore[valid-type]
    cost: Text  # type: ignore[valid-type]
    skip_title: Title  # type: ignore[valid-type]
    stop_title: Title  # type: ignore[valid-type]


class Commands(_Strict):
    """Wordings of what may be said to any question."""

    filler: Text  # type: ignore[valid-type]
    skip: list[Text]  # type: ignore[valid-type]
    stop: list[Text]  # type: ignore[valid-type]
    explain: list[Text]  # type: ignore[valid-type]


class Triage(_Strict):
    """The whole file."""

    topic: Name  # type: ignore[valid-type]
    noted: Text  # type: ignore[valid-type]
    says: Sentences
    commands: Commands
    no_questions: list[Name]  # type: ignore[valid-type]
    doubtful: list[Name]  # type: ignore[valid-type]
    questions: conlist(Question, min_items=1, max_items=6)  # type: ignore[valid-type]
    rules: list[Rule]
    levels: dict[Level, LevelTexts]
    providers: conlist(Provider, min_items=1)  # type: ignore[valid-type]
    notes: list[Said]
    asks: list[Said]
    cost: list[Said]

    def question(self, name: str) -> Question:
        """Return the question of that id; raise KeyError for none."""
        known: dict[str, Question] = {question.id: question for question in self.questions}
        return known[name]

    @property
    def order(self) -> list[str]:
        """Return the questions' ids in the order in which they are asked."""
        return [str(question.id) for question in self.questions]

    @validator("questions")
    @classmethod
    def _unique(cls, questions: list[Question]) -> list[Question]:
        for names in ([q.id for q in questions], *([c.id for c in q.choices] for q in questions)):
            if len(set(names)) < len(names) or SKIPPED in names:
                raise ValueError(f"an id stands twice, or is {SKIPPED!r}: {', '.join(names)}")
        return questions

    @validator("levels")
    @classmethod
    def _complete(cls, levels: dict[str, LevelTexts]) -> dict[str, LevelTexts]:
        missing = {"none", "elective", "soon", "today", "emergency"} - set(levels)
        if missing:
            raise ValueError(f"no texts for {', '.join(sorted(missing))}")
        return levels

    @root_validator(skip_on_failure=True)
    @classmethod
    def _known(cls, values: dict[str, object]) -> dict[str, object]:
        questions: list[Question] = values["questions"]  # type: ignore[assignment]
        known = {f"{q.id}.{c}" for q in questions for c in (SKIPPED, *(choice.id for choice in q.choices))}
        for name in sorted(set(_named(values)) - known):
            raise ValueError(f"there is no answer {name}")
        providers: list[Provider] = values["providers"]  # type: ignore[assignment]
        if providers[-1].when or providers[-1].levels:
            raise ValueError("the last provider must fit everybody: no `when`, no `levels`")
        return values


def _named(values: dict[str, object]) -> Iterator[str]:
    """Yield every answer that a condition of the file names."""
    for part in ("rules", "providers", "notes", "asks", "cost"):
        for entry in values[part]:  # type: ignore[attr-defined]
            for condition in entry.when:
                yield from condition.split("|")
