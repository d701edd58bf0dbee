"""What the schema cannot see in the content: whether it is complete, fits every platform, and reads as it should.

`problems` is what `python -m assistant validate` prints.
"""

from assistant.guide.checks.run import problems

__all__ = ["problems"]
