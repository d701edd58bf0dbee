"""What the schema cannot see in the content: whether it is complete, fits every platform, and reads as it should.

`problems` is what `python -m assistant validate` prints; `unfit` tells of one reply whether a platform refuses it.
"""

from assistant.guide.checks.run import problems
from assistant.guide.checks.sizes import unfit

__all__ = ["problems", "unfit"]
