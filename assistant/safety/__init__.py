"""What must be so in everything that the assistant can say, and the papers that show it: hazards and a page to review.

It stands above the guide, the ingredients and the referral and knows no topic by name: the rules are data
(`data/safety/rules.yml`). `problems` is what `python -m assistant validate` prints of them, `said` every prepared text.
"""

from assistant.safety.check import problems, said

__all__ = ["problems", "said"]
