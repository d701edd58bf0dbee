"""Whether a text repeats the guide as it was published; the answers are worded anew.

What is kept of the published text is one hash for each run of six of its words, so the check works without the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from assistant.guide.checks.content import Content
from assistant.text import normalise

HASHES_FILE = "published_guide.hashes"
RUN = 6
# 40 bits: with 600 published runs and 50,000 of our own, one chance in 30,000 that any of them matches by accident.
_BYTES = 5


def common_runs(content: Content) -> Iterator[str]:
    """No text has six words in a row in common with the published guide."""
    known = set((content.data / "guide" / HASHES_FILE).read_text(encoding="ascii").split())
    for text in content.texts():
        for run, digest in hashes(text.words):
            if digest in known:
                yield f"{text.at}: {run!r} stands in the published guide word for word, so say it in other words."
                break


def hashes(text: str) -> Iterator[tuple[str, str]]:
    """Yield every run of six words of `text`, in order, with its hash (10 hexadecimal digits).

    Words are lower case and without punctuation. A hashes file holds the hashes of one text, sorted, one a line.
    """
    words = re.findall(r"[a-z0-9]+", normalise(text).lower().replace("'", ""))
    for start in range(len(words) - RUN + 1):
        run = " ".join(words[start : start + RUN])
        yield run, blake2b(run.encode(), digest_size=_BYTES).hexdigest()
