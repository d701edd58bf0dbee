"""Red flags in a message, the advice that goes ahead of every answer, and the form behind "Check my bump".

`detect` looks, `advice` words it for a region, `negated` tells whether something named is denied. `read_answers` reads
what is typed to the form, `conclude` decides, and the `..._text` functions word it; `durations` reads "since March".
"""

from assistant.referral.advice import Advice, Region, UnknownRegion, advice, region
from assistant.referral.answers import Heard, read_answers
from assistant.referral.detector import Finding, Flag, detect
from assistant.referral.durations import Duration, durations
from assistant.referral.flags import LEVELS
from assistant.referral.negation import negated
from assistant.referral.triage import (
    CALM,
    FORM,
    TRIAGE_FILE,
    BrokenTriage,
    Result,
    checked,
    conclude,
    enough,
    highest,
    level,
    question_of,
    slot,
)
from assistant.referral.triage import load as triage
from assistant.referral.triage_schema import SKIPPED, Triage
from assistant.referral.triage_texts import (
    choices,
    companion_text,
    explained,
    opening,
    question_text,
    result_text,
    stopped_text,
    unclear,
)

__all__ = [
    "CALM",
    "FORM",
    "LEVELS",
    "SKIPPED",
    "TRIAGE_FILE",
    "Advice",
    "BrokenTriage",
    "Duration",
    "Finding",
    "Flag",
    "Heard",
    "Region",
    "Result",
    "Triage",
    "UnknownRegion",
    "advice",
    "checked",
    "choices",
    "companion_text",
    "conclude",
    "detect",
    "durations",
    "enough",
    "explained",
    "highest",
    "level",
    "negated",
    "opening",
    "question_of",
    "question_text",
    "read_answers",
    "region",
    "result_text",
    "slot",
    "stopped_text",
    "triage",
    "unclear",
]
