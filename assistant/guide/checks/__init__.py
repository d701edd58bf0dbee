"""What the schema cannot see in the content: whether it is complete, fits every platform, and reads as it should.

`problems` is what `python -m assistant validate` prints; `unfit` tells of one reply whether a platform refuses it,
`composed` yields every reply that can be composed from what `read` returns.
"""

from assistant.guide.checks.content import read
from assistant.guide.checks.run import problems
from assistant.guide.checks.sizes import composed, unfit

__all__ = ["composed", "problems", "read", "unfit"]
