"""The shape of data/ingredients: what an ingredient, a source, a kind of product and the word files hold.

A file that does not fit raises pydantic.ValidationError, which names the field.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, Extra, Field, StrictStr, validator

Relation = Literal["associated", "comedogenic", "preventive", "alternative", "steroid", "neutral"]
ListedAs = Literal["ingredient", "active", "may_contain"]
Kind = Literal["label", "ingredient", "product_type", "no_list"]
MarkRole = Literal["ingredients", "inactive", "active", "may_contain"]

# The parts of a grade, the strongest kind of evidence first: stated in the guide, clinical text or case report, expert
# in the press, class that the guide names, page without a source, rating of clogged pores only, nothing found.
GRADES = ("G", "B", "C", "Gc", "D", "P", "N")
# Ratings run from 0 (does not clog pores) to 5 (clogs them badly), the scale of all the lists in _origins.yml.
HIGHEST_RATING = 5


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Comedogenicity(_Strict):
    """The lowest and the highest rating found; both are None where a source gives words and no number."""

    min: int | None = Field(ge=0, le=HIGHEST_RATING)
    max: int | None = Field(ge=0, le=HIGHEST_RATING)
    disputed: bool
    origins: list[StrictStr]


class Group(_Strict):
    """A kind that people ask for ("silicones"), for which an ingredient stands in; `name` is what is then said."""

    name: StrictStr
    asked_as: list[StrictStr]


class Ingredient(_Strict):
    """One ingredient.

    `name` is what a visitor reads (empty: the INCI name in lower case), `synonyms` are what labels write, `asked_as` is
    what people say in a question and never on a label. `sources` and `origins` are codes of _origins.yml.
    """

    inci: StrictStr
    name: StrictStr = ""
    synonyms: list[StrictStr] = []
    asked_as: list[StrictStr] = []
    group: Group | None
    family: StrictStr = ""
    relation: Relation
    grade: StrictStr
    comedogenicity: Comedogenicity | None
    cautions: list[StrictStr] = []
    named_in_guide: Literal["named", "family", "class", "no"] = "no"
    sources: list[StrictStr] = []
    note: StrictStr = ""

    @validator("grade")
    @classmethod
    def _known_grade(cls, grade: str) -> str:
        unknown = set(grade.split("+")) - set(GRADES)
        if unknown:
            raise ValueError(f"{grade!r} has the unknown part {sorted(unknown)}")
        return grade

    @property
    def best_grade(self) -> str:
        """The strongest part of the grade, for example "C" of "C+Gc"."""
        return _best_part(self.grade)

    @property
    def weak(self) -> bool:
        """Whether the link with milia rests on nothing but pages without a source."""
        return self.relation == "associated" and self.best_grade == "D"

    @property
    def disputed(self) -> bool:
        """Whether the sources that rate how far it clogs pores are far apart."""
        return self.comedogenicity is not None and self.comedogenicity.disputed

    @property
    def called(self) -> str:
        """What a visitor reads."""
        return self.name or _in_running_text(self.inci)


# A handful of grades are in use.
@lru_cache(maxsize=64)
def _best_part(grade: str) -> str:
    return min(grade.split("+"), key=GRADES.index)


# More than there are ingredients.
@lru_cache(maxsize=2_048)
def _in_running_text(inci: str) -> str:
    return " ".join(_lower(word) for word in inci.split())


def _lower(word: str) -> str:
    """Return a word in lower case, but for abbreviations and what holds a figure: "Sodium" but "PCA", "C12-15"."""
    start, dash, rest = word.partition("-")
    if start.isupper() or any(character.isdigit() for character in start):
        return start + dash + rest.lower() if rest.isalpha() else word
    return word.lower()


class Family(_Strict):
    """A file of ingredients; `family` is its name."""

    family: StrictStr
    ingredients: list[Ingredient]


class Origin(_Strict):
    """A source: what a code stands for. `also` is its id in data/sources.yml."""

    code: StrictStr
    kind: Literal["milia", "rating", "care"]
    title: StrictStr
    publisher: StrictStr
    year: int | None
    url: StrictStr | None
    also: StrictStr | None


class ProductType(_Strict):
    """A kind of product; `phrases` comes from data/entities/product_type.yml."""

    id: StrictStr
    name: StrictStr
    relation: Relation
    note: StrictStr
    sources: list[StrictStr]
    phrases: list[StrictStr] = []


class Reading(_Strict):
    """The words that the reader compares with (_reading.yml explains each)."""

    marks: dict[MarkRole, list[StrictStr]]
    blurb_heads: tuple[StrictStr, ...]
    free_from: tuple[StrictStr, ...]
    sentence_words: frozenset[StrictStr]
    sentence_words_in_names: frozenset[StrictStr]
    routine_words: frozenset[StrictStr]
    chemical_words: frozenset[StrictStr]
    chemical_endings: tuple[StrictStr, ...]
    base_names: frozenset[StrictStr]
    qualifiers: frozenset[StrictStr]
    plant_parts: frozenset[StrictStr]
    not_ours: frozenset[StrictStr]
    made_from_before: frozenset[StrictStr]
    begin_in_runs: frozenset[StrictStr]
    made_from_after: frozenset[StrictStr]
    one_thing: frozenset[StrictStr]
    rests: frozenset[StrictStr]
    before_rests: frozenset[StrictStr]
    other_words: frozenset[StrictStr]
    protected_pairs: tuple[tuple[StrictStr, StrictStr], ...]
    abbreviations: frozenset[StrictStr]
    everyday: frozenset[StrictStr]
    everyday_if_alone: frozenset[StrictStr]
    umbrella: frozenset[StrictStr]
    title_words: frozenset[StrictStr]
    contrast: tuple[StrictStr, ...]
    contexts: dict[Literal["rinse_off", "leave_on", "eye_area"], tuple[StrictStr, ...]]
    openings: dict[Literal["rest", "another"], tuple[StrictStr, ...]]
    begins_a_list: frozenset[StrictStr]
    ends_a_list: frozenset[StrictStr]
    ending_families: frozenset[StrictStr]
    comparing: dict[Literal["between", "anywhere"], tuple[StrictStr, ...]]


class Counted(_Strict):
    """A template for one name and one for several."""

    one: StrictStr
    many: StrictStr


class LabelWords(_Strict):
    """The sentences about one label."""

    associated: Counted
    none: StrictStr
    nothing_known: StrictStr
    weak: Counted
    steroid: Counted
    comedogenic: Counted
    preventive: Counted
    alternative: Counted
    unknown: Counted
    read_as: StrictStr


class FollowUpWords(_Strict):
    """The answers to what is asked about a result: what counts most, what is good in it, what to use instead."""

    counts_most: Counted
    counts_alike: StrictStr
    counts_none: StrictStr
    in_product: StrictStr
    good_lighter: Counted
    good_none: StrictStr
    instead: Counted
    instead_none: StrictStr
    instead_prescribed: StrictStr
    compare_one: StrictStr
    compare_fewer: StrictStr
    compare_same: StrictStr
    compare_none: StrictStr
    compare_limit: StrictStr
    unknown: Counted
    unknown_none: StrictStr
    nothing_read: StrictStr
    more_head: StrictStr
    more_line: StrictStr
    more_none: StrictStr
    keep_on: StrictStr
    simply: Counted
    simply_none: StrictStr
    continued: StrictStr
    parted: StrictStr


class CautionWords(_Strict):
    """A caution, the ids of the cautions it stands in for, and its sources."""

    id: StrictStr
    text: StrictStr
    instead_of: list[StrictStr]
    sources: list[StrictStr]


class Words(_Strict):
    """The templates of a result (_words.yml)."""

    grades: dict[StrictStr, StrictStr]
    ordinals: dict[str, StrictStr]
    numbers: dict[int, StrictStr]
    position: StrictStr
    colored: StrictStr
    last_and: StrictStr
    more: StrictStr
    label: LabelWords
    contexts: dict[StrictStr, StrictStr]
    follow_ups: FollowUpWords
    choices: dict[StrictStr, StrictStr]
    products: dict[StrictStr, StrictStr]
    ingredient: dict[StrictStr, StrictStr]
    ingredients: dict[StrictStr, StrictStr]
    product_type: dict[StrictStr, StrictStr]
    product_notes: dict[StrictStr, StrictStr]
    comparing: dict[Literal["some", "all", "none"], StrictStr]
    no_list: StrictStr
    no_list_blurb: StrictStr
    lighter: StrictStr
    caveat: StrictStr
    caveat_one: StrictStr
    cautions: list[CautionWords]
    sources: dict[StrictStr, list[StrictStr]]
