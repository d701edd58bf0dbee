"""What a content file may hold. A file that does not fit is refused when it is loaded, with its place named."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Extra, Field, conlist, constr

Text = constr(strip_whitespace=True, min_length=1)
Name = constr(regex=r"^[a-z][a-z0-9_]*$")
Kind = Literal["guide", "conversation", "not_ours"]

# Of all platforms the shortest button: 20 characters (Messenger's quick replies, WhatsApp's reply buttons).
TITLE_LIMIT = 20


class _Strict(BaseModel):
    class Config:
        """Refuse what is misspelt instead of dropping it; content is never changed once loaded."""

        extra = Extra.forbid
        frozen = True


class Source(_Strict):
    """What an answer may cite. `url` is a stable public address, where one is known."""

    id: Name  # type: ignore[valid-type]
    title: Text  # type: ignore[valid-type]
    publisher: Text  # type: ignore[valid-type]
    year: int | None = None
    url: constr(regex=r"^https://") | None = None  # type: ignore[valid-type]


class Facet(_Strict):
    """What is different for one value of one facet, said after the answer or instead of it.

    `also_for` names who hears it although a text of their own stands instead of the answer.
    """

    text: Text  # type: ignore[valid-type]
    instead: bool = False
    also_for: list[Name] = []  # type: ignore[valid-type]
    sources: list[Name] = []  # type: ignore[valid-type]


class Aspect(_Strict):
    """One aspect of a topic that is often asked: what is said first where one of `cues` stands in the message.

    `also_for` names who hears it although a text of their own stands instead of the answer, `only_for` who alone hears
    it. `comforts`: it is a line of kindness, said beside what answers.
    """

    cues: conlist(constr(regex=r"^[a-z0-9'% -]+$"), min_items=1)  # type: ignore[valid-type]
    text: Text  # type: ignore[valid-type]
    also_for: list[Name] = []  # type: ignore[valid-type]
    only_for: list[Name] = []  # type: ignore[valid-type]
    comforts: bool = False
    sources: list[Name] = []  # type: ignore[valid-type]


class Topic(_Strict):
    """One thing that is asked, and everything that is said about it. Its id is the intent's name."""

    id: Name  # type: ignore[valid-type]
    title: constr(strip_whitespace=True, min_length=1, max_length=TITLE_LIMIT)  # type: ignore[valid-type]
    asks: Text  # type: ignore[valid-type]
    answer: Text | conlist(Text, min_items=1)  # type: ignore[valid-type]
    simple: Text | None = None  # type: ignore[valid-type]
    more: Text | None = None  # type: ignore[valid-type]
    sources: list[Name] = []  # type: ignore[valid-type]
    facets: dict[Name, dict[Name, Facet]] = {}  # type: ignore[valid-type]
    aspects: list[Aspect] = []
    next: list[Name] = Field(default=[], max_items=3)  # type: ignore[valid-type]
    # Offered ahead of the others, wherever it is offered.
    leads: bool = False
    # Which intent answers a kind of short question (data/follow_ups.yml) that follows this topic's answer.
    follow_ups: dict[Name, Name] = {}  # type: ignore[valid-type]

    def texts(self) -> dict[str, str]:
        """Return every text of the topic under the path that an editor would look for."""
        answers = [self.answer] if isinstance(self.answer, str) else list(self.answer)
        found = {f"answer[{place}]" if place else "answer": text for place, text in enumerate(answers)}
        found |= {name: text for name in ("simple", "more") if (text := getattr(self, name))}
        found |= {f"aspects[{place}]": aspect.text for place, aspect in enumerate(self.aspects)}
        for name, values in self.facets.items():
            found |= {f"facets.{name}.{value}": facet.text for value, facet in values.items()}
        return found


class Family(_Strict):
    """One file of `data/guide`."""

    kind: Kind
    topics: conlist(Topic, min_items=1)  # type: ignore[valid-type]


class Value(_Strict):
    """One value of an entity: how a paragraph for it is headed, and how people say it.

    `like` is the value whose texts hold for this one where a topic has none of its own; `within` is the wider value of
    which this one is a part, as the eyelid is one of the skin around the eyes.
    """

    says: Text  # type: ignore[valid-type]
    like: Name | None = None  # type: ignore[valid-type]
    within: Name | None = None  # type: ignore[valid-type]
    phrases: conlist(Text, min_items=1)  # type: ignore[valid-type]


class Lexicon(_Strict):
    """One file of `data/entities`.

    `ranked`: where a message names several values, the one that stands first here counts, not the one named first.
    """

    entity: Name  # type: ignore[valid-type]
    ranked: bool = False
    values: dict[Name, Value]  # type: ignore[valid-type]
