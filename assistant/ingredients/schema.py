"""The shape of data/ingredients: what an ingredient, a source, a kind of product and the word files hold.

A file that does not fit raises pydantic.ValidationError, which names the field.
"""

from __future__ import annotations

from typing import Dict, FrozenSet, List, Literal, Optional, Tuple

from pydantic import BaseModel, Extra, Field, StrictStr, validator

Relation = Literal["associated", "comedogenic", "preventive", "alternative", "steroid", "neutral"]
ListedAs = Literal["ingredient", "active", "may_contain"]
Kind = Literal["label", "ingredient", "product_type", "no_list"]
MarkRole = Literal["ingredients", "inactive", "active", "may_contain"]

# The parts of a grade, the strongest kind of evidence first (research table, "Evidence grades"): stated in the guide,
# clinical text or case report, expert in the press, class that the guide names, page without a source, rating of
# clogged pores only, nothing found.
GRADES = ("G", "B", "C", "Gc", "D", "P", "N")
# Ratings run from 0 (does not clog pores) to 5 (clogs them badly), the scale of all the lists in _origins.yml.
HIGHEST_RATING = 5


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Comedogenicity(_Strict):
    """The lowest and the highest rating found; both are None where a source gives words and no number."""

    min: Optional[int] = Field(ge=0, le=HIGHEST_RATING)
    max: Optional[int] = Field(ge=0, le=HIGHEST_RATING)
    disputed: bool
    origins: List[StrictStr]


class Ingredient(_Strict):
    """One ingredient.

    `name` is what a visitor reads (empty: the INCI name in lower case), `synonyms` are what labels write, `asked_as` what
    people say in a question and never on a label. `sources` and `origins` are codes of _origins.yml.
    """

    inci: StrictStr
    name: StrictStr = ""
    synonyms: List[StrictStr] = []
    asked_as: List[StrictStr] = []
    family: StrictStr = ""
    relation: Relation
    grade: StrictStr
    comedogenicity: Optional[Comedogenicity]
    cautions: List[StrictStr] = []
    named_in_guide: Literal["named", "family", "class", "no"] = "no"
    sources: List[StrictStr] = []
    note: StrictStr = ""

    @validator("grade")
    def _known_grade(cls, grade: str) -> str:
        unknown = set(grade.split("+")) - set(GRADES)
        if unknown:
            raise ValueError(f"{grade!r} has the unknown part {sorted(unknown)}")
        return grade

    @property
    def best_grade(self) -> str:
        """The strongest part of the grade, for example "C" of "C+Gc"."""
        return min(self.grade.split("+"), key=GRADES.index)

    @property
    def weak(self) -> bool:
        """Whether the link with milia rests on nothing but pages without a source."""
        return self.relation == "associated" and self.best_grade == "D"

    @property
    def called(self) -> str:
        """What a visitor reads."""
        return self.name or (self.inci.lower() if self.inci[1:2].islower() else self.inci)


class Family(_Strict):
    family: StrictStr
    ingredients: List[Ingredient]


class Origin(_Strict):
    """A source: what a code stands for. `also` is its id in data/sources.yml."""

    code: StrictStr
    kind: Literal["milia", "rating", "care"]
    title: StrictStr
    publisher: StrictStr
    year: Optional[int]
    url: Optional[StrictStr]
    also: Optional[StrictStr]


class ProductType(_Strict):
    """A kind of product; `phrases` comes from data/entities/product_type.yml."""

    id: StrictStr
    name: StrictStr
    relation: Relation
    note: StrictStr
    sources: List[StrictStr]
    phrases: List[StrictStr] = []


class Reading(_Strict):
    """The words that the reader compares with (_reading.yml explains each)."""

    marks: Dict[MarkRole, List[StrictStr]]
    blurb_heads: Tuple[StrictStr, ...]
    free_from: Tuple[StrictStr, ...]
    sentence_words: FrozenSet[StrictStr]
    sentence_words_in_names: FrozenSet[StrictStr]
    routine_words: FrozenSet[StrictStr]
    chemical_words: FrozenSet[StrictStr]
    chemical_endings: Tuple[StrictStr, ...]
    qualifiers: FrozenSet[StrictStr]
    plant_parts: FrozenSet[StrictStr]
    not_ours: FrozenSet[StrictStr]
    made_from_before: FrozenSet[StrictStr]
    made_from_after: FrozenSet[StrictStr]
    one_thing: FrozenSet[StrictStr]
    other_words: FrozenSet[StrictStr]
    protected_pairs: Tuple[Tuple[StrictStr, StrictStr], ...]
    abbreviations: FrozenSet[StrictStr]
    everyday: FrozenSet[StrictStr]
    everyday_if_alone: FrozenSet[StrictStr]
    umbrella: FrozenSet[StrictStr]


class Counted(_Strict):
    one: StrictStr
    many: StrictStr


class LabelWords(_Strict):
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


class CautionWords(_Strict):
    """A caution, the ids of the cautions it stands in for, and its sources."""

    id: StrictStr
    text: StrictStr
    instead_of: List[StrictStr]
    sources: List[StrictStr]


class Words(_Strict):
    """The templates of a result (_words.yml)."""

    grades: Dict[StrictStr, StrictStr]
    ordinals: Dict[str, StrictStr]
    numbers: Dict[int, StrictStr]
    position: StrictStr
    colored: StrictStr
    last_and: StrictStr
    more: StrictStr
    label: LabelWords
    products: Dict[StrictStr, StrictStr]
    ingredient: Dict[StrictStr, StrictStr]
    ingredients: Dict[StrictStr, StrictStr]
    product_type: Dict[StrictStr, StrictStr]
    product_notes: Dict[StrictStr, StrictStr]
    no_list: StrictStr
    no_list_blurb: StrictStr
    lighter: StrictStr
    caveat: StrictStr
    cautions: List[CautionWords]
    sources: Dict[StrictStr, List[StrictStr]]
