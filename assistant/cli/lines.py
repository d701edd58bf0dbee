"""JSON Lines in, JSON Lines out: a bad line gets an error of its own and the rest goes on."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

Record = dict[str, Any]

# What a contract calls text: everything that a visitor could send, a pasted label included.
TEXT_LIMIT = 8_000


class BadLine(Exception):
    """One line does not have the form of the contracts."""


def answer(handle: Callable[[Record], Record]) -> None:
    """Read records from standard input and print what `handle` makes of each, under the same id."""
    for record, problem in _records():
        _print(record, problem or tried(handle, record))


async def answer_in_order(handle: Callable[[Record], Awaitable[Record]]) -> None:
    """Do as `answer` does with a handler that waits; a record is answered before the next is read."""
    for record, problem in _records():
        if problem is None:
            try:
                problem = await handle(record)
            except Exception as error:  # one bad line must not stop the rest
                problem = {"error": _sentence(error)}
        _print(record, problem)


def text(record: Record, name: str = "text") -> str:
    """Return the text of a record; raise BadLine where it is none or too long."""
    found = record.get(name)
    if not isinstance(found, str) or not found.strip():
        raise BadLine(f'"{name}" must be a text that is not empty.')
    if len(found) > TEXT_LIMIT:
        raise BadLine(f'"{name}" has {len(found)} characters; {TEXT_LIMIT} are the most.')
    return found


def _records() -> Iterator[tuple[Record, Record | None]]:
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            yield {"id": None}, {"error": "The line is not JSON in UTF-8."}
            continue
        if isinstance(record, dict):
            yield record, None
        else:
            yield {"id": None}, {"error": "The line is not a JSON object."}


def tried(handle: Callable[[Record], Record], record: Record) -> Record:
    """Return what `handle` makes of a record, or {"error"} with a sentence that repeats nothing of it."""
    try:
        return handle(record)
    except Exception as error:  # one bad line must not stop the rest
        return {"error": _sentence(error)}


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, BadLine) else f"This line could not be answered ({type(error).__name__})."


def encoded(record: Record, result: Record) -> bytes:
    """Return the line of a result, under the id of its record."""
    line = json.dumps({"id": record.get("id"), **result}, ensure_ascii=False)
    # UTF-8 whatever the terminal's; half a surrogate pair has no UTF-8, but a backslash sequence is JSON's own.
    return line.encode("utf-8", "backslashreplace") + b"\n"


def _print(record: Record, result: Record) -> None:
    sys.stdout.buffer.write(encoded(record, result))
    sys.stdout.buffer.flush()
