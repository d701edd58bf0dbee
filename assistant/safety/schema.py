"""The shape of data/safety/rules.yml. A file that does not fit raises pydantic.ValidationError with the field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Extra, validator

from assistant.files import DATA, read_yaml

RULES = Path("safety") / "rules.yml"

if TYPE_CHECKING:
    Regex = re.Pattern[str]
else:
    Regex = re.Pattern  # pydantic knows it without its parameter only


def _any_case(pattern: Any) -> Any:
    """Return a pattern compiled so that upper and lower case are the same."""
    return re.compile(pattern, re.IGNORECASE) if isinstance(pattern, str) else pattern


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True


class _Rule(_Strict):
    """A rule by its id. `reason` completes "the sentence ..."."""

    id: str
    reason: str


class Never(_Rule):
    """No sentence may match `pattern`, unless it matches `unless` too. `but_in` are files that may."""

    pattern: Regex
    unless: Regex | None
    but_in: frozenset[str] = frozenset()

    _compile = validator("pattern", "unless", pre=True, allow_reuse=True)(_any_case)


class Companion(_Rule):
    """A reply with a sentence that matches `where`, and not `unless`, must hold a match of `needs`.

    A sentence that matches `even_so` counts whatever `unless` says, and one that matches `meant` ("if you try one")
    where another one matches `where`. `facets`: the rule holds where the reply was composed for one of these values
    only. `sentence`: the companion must stand in the same sentence.
    """

    where: Regex
    unless: Regex | None
    even_so: Regex | None
    meant: Regex | None
    needs: Regex
    facets: dict[str, frozenset[str]] = {}
    sentence: bool = False

    def calls(self, sentence: str, text: str) -> bool:
        """Return whether `sentence` of the reply `text` needs the companion."""
        if not self.where.search(sentence):
            meant = self.meant is not None and self.meant.search(sentence) is not None
            return meant and self.where.search(text) is not None
        denied = self.unless is not None and self.unless.search(sentence) is not None
        return not denied or (self.even_so is not None and self.even_so.search(sentence) is not None)

    _compile = validator("where", "unless", "even_so", "meant", "needs", pre=True, allow_reuse=True)(_any_case)


class OwnWords(_Rule):
    """Every topic of `families`, save those in `but`, has words of its own for `value` of `facet`.

    `instead`: they stand in place of the answer.
    """

    families: frozenset[str]
    but: frozenset[str] = frozenset()
    facet: str
    value: str
    instead: bool = False


class Sources(_Strict):
    """Every text that claims something names a source; `nothing_claimed` matches those that say what is not known."""

    nothing_claimed: Regex

    _compile = validator("nothing_claimed", pre=True, allow_reuse=True)(_any_case)


class Said(_Strict):
    """Which texts of the files below data/ a visitor reads: those under `keys`, or all (no keys) but under `but`."""

    files: str
    keys: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()


class Allowed(_Strict):
    """A sentence that may break `rule`, and why."""

    rule: str
    sentence: str
    why: str


class Rules(_Strict):
    """All rules of medical safety."""

    said: tuple[Said, ...]
    never: tuple[Never, ...]
    companions: tuple[Companion, ...]
    own_words: tuple[OwnWords, ...]
    sources: Sources
    allowed: tuple[Allowed, ...] = ()


def load(data: Path = DATA) -> Rules:
    """Return the rules in the folder `data`; raise FileNotFoundError or pydantic.ValidationError."""
    return Rules.parse_obj(read_yaml(data / RULES))
