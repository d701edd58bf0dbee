"""Red flags in a message, and the advice that goes ahead of every answer.

`detect` looks, `advice` words it for a region, `negated` tells whether something named is denied.
"""

from assistant.referral.advice import Advice, Region, UnknownRegion, advice, region
from assistant.referral.detector import Finding, Flag, detect
from assistant.referral.negation import negated

__all__ = ["Advice", "Finding", "Flag", "Region", "UnknownRegion", "advice", "detect", "negated", "region"]
