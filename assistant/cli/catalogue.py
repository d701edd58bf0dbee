"""`check --catalogue`: a shop's or an editor's whole catalogue, CSV or JSON Lines, a result for each product."""

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from assistant import ingredients
from assistant.cli import CallError, lines

# What the column with the lists is called, the first that is there; letters' case does not matter.
COLUMNS = ("ingredients", "inci", "label")
DELIMITERS = ",;\t|"
# From so many products on the other cores help; before, starting them takes longer than they save.
FEWEST_FOR_PROCESSES = 200
CHUNK = 25  # products handed to a process at once
BATCH = 2_000  # products held in memory at once

_NOT_UTF8 = re.compile(r"[\udc80-\udcff]")  # what errors="surrogateescape" makes of such bytes


@dataclass(frozen=True)
class Row:
    """One product: its own id, or else its number counted from 1, and its label; `problem` says why it has none."""

    identity: Any
    label: Any = None
    problem: str = ""


@dataclass(frozen=True)
class Checked:
    """A result as its line is written, what was found to be in the text, and the relations that its names have."""

    line: bytes
    kind: str
    relations: frozenset[str] = frozenset()


@dataclass
class Summary:
    """Counts over a catalogue; `seconds` is the time that all of it took."""

    kinds: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, checked: Checked) -> None:
        """Count one result."""
        self.kinds[checked.kind] += 1
        self.relations.update(checked.relations)

    def __str__(self) -> str:
        total = sum(self.kinds.values())
        rate = f" ({total / self.seconds:,.0f} a second)" if self.seconds else ""
        missing = self.kinds["no_list"] + self.kinds["product_type"]
        return "\n".join(
            (
                f"products read: {total:,} in {self.seconds:.1f} s{rate}",
                f"name a kind linked with milia: {self.relations['associated']:,}",
                f"name a steroid: {self.relations['steroid']:,}",
                f"name a kind used to prevent milia: {self.relations['preventive']:,}",
                f"list not found: {missing:,}",
                f"rows with an error: {self.kinds['error']:,}",
            )
        )


def check(path: Path, out: Path | None, column: str | None) -> None:
    """Write the results of the catalogue at `path` to `out` or to standard output, and the counts to standard error.

    Raises CallError where the file cannot be read, has no column with labels, or `out` cannot be written.
    """
    total = sum(1 for _ in rows(path, column))
    if out is not None and out.exists() and out.samefile(path):
        raise CallError("--out names the catalogue itself, which would be overwritten.")
    started, summary = time.monotonic(), Summary()
    with _opened(out) as stream:
        for checked in _with_progress(_results(rows(path, column), total), total):
            stream.write(checked.line)
            summary.add(checked)
        stream.flush()
    summary.seconds = time.monotonic() - started
    print(summary, file=sys.stderr)


def rows(path: Path, column: str | None) -> Iterator[Row]:
    """Give the products of a catalogue in order; raise CallError as `check` does."""
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            first = next((line for line in stream if line.strip()), "")
            stream.seek(0)
            if first.lstrip().startswith("{"):
                yield from _json_rows(stream, column)
            else:
                yield from _csv_rows(stream, first, column, path.name)
    except OSError as error:
        raise CallError(f"{path} cannot be read ({error.strerror}).") from error


def _json_rows(stream: Iterable[str], column: str | None) -> Iterator[Row]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        if _NOT_UTF8.search(line):
            yield Row(number, problem="The line is not in UTF-8.")
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield Row(number, problem="The line is not JSON.")
            continue
        if isinstance(record, dict):
            name = _column(tuple(record), column)
            problem = "" if name is not None else f"The object has no {_wanted(column)}."
            yield Row(_identity(record, number), record.get(name) if name is not None else None, problem)
        else:
            yield Row(number, problem="The line is not a JSON object.")


def _csv_rows(stream: Iterable[str], header: str, column: str | None, file: str) -> Iterator[Row]:
    delimiter = next((sign for sign in DELIMITERS if _column(tuple(_split(header, sign)), column) is not None), None)
    if delimiter is None:
        raise CallError(f"{file} has no column {_wanted(column)}; name the one with the labels by --column.")
    table = csv.DictReader(stream, delimiter=delimiter)
    name = _column(tuple(table.fieldnames or ()), column)
    for number in range(1, sys.maxsize):
        try:
            fields = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, problem=f"The row cannot be read ({error}).")
            continue
        yield _csv_row(fields, fields[name or ""], number)


def _csv_row(fields: dict[str, Any], label: str | None, number: int) -> Row:
    identity = _identity(fields, number)
    if None in fields:
        return Row(identity, problem="The row has more columns than the header: a list with commas needs quotes.")
    if label is not None and _NOT_UTF8.search(label):
        return Row(identity, problem="The row is not in UTF-8.")
    return Row(identity, label)


def _split(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return []


# The products of a catalogue mostly have the same columns.
@lru_cache(maxsize=64)
def _column(names: tuple[str, ...], wanted: str | None) -> str | None:
    """Return the name among `names` that is wanted, or the first usual one, whatever its letters' case."""
    by_lower = {name.strip().lower(): name for name in names if name is not None}
    searched = COLUMNS if wanted is None else (wanted.strip().lower(),)
    return next((by_lower[name] for name in searched if name in by_lower), None)


def _wanted(column: str | None) -> str:
    return f'"{column}"' if column is not None else '"ingredients", "inci" or "label"'


def _identity(record: dict[str, Any], number: int) -> Any:
    given = record.get(_column(tuple(record), "id") or "")
    return number if given in (None, "") else given


def _results(found: Iterator[Row], total: int) -> Iterator[Checked]:
    processes = len(os.sched_getaffinity(0))
    if processes == 1 or total < FEWEST_FOR_PROCESSES:
        yield from map(_checked, found)
        return
    _checked(Row(0, "Ingredients: Aqua"))  # the lexicon is read once, and the processes inherit it
    with multiprocessing.get_context("fork").Pool(processes, _leave_breaking_off_to_the_parent) as pool:
        while batch := list(islice(found, BATCH)):
            yield from pool.imap(_checked, batch, CHUNK)


def _leave_breaking_off_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _checked(row: Row) -> Checked:
    result: dict[str, Any] = {"error": row.problem} if row.problem else lines.tried(_result, {"label": row.label})
    relations = frozenset(
        ingredient["relation"] for product in result.get("products", ()) for ingredient in product["ingredients"]
    )
    return Checked(lines.encoded({"id": row.identity}, result), str(result.get("kind", "error")), relations)


def _result(record: dict[str, Any]) -> dict[str, Any]:
    return dict(ingredients.check(lines.text(record, "label")).as_dict())


def _opened(out: Path | None) -> AbstractContextManager[BinaryIO]:
    if out is None:
        return nullcontext(sys.stdout.buffer)
    try:
        return out.open("wb")
    except OSError as error:
        raise CallError(f"{out} cannot be written ({error.strerror}).") from error


def _with_progress(results: Iterator[Checked], total: int) -> Iterator[Checked]:
    from tqdm import tqdm

    # disable=None: no bar where standard error is no terminal.
    yield from tqdm(results, total=total, unit=" products", file=sys.stderr, disable=None)
