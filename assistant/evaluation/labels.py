"""Measures the label reader on real labels, which the project does not hold.

python -m assistant.evaluation.labels --data FOLDER

FOLDER holds `products.csv` (columns `id` and `ingredients_raw`) and `cosing_names.csv` (column `inci_name`). Which
watched names are in which label was read by hand (tests/ingredients/gold_labels*.yml, ids only). Prints precision,
recall and every error, the share of names that are recognised or are cosmetic names all the same, the time of 3,000
labels, and the time of 8,000 characters that are made to be slow. Exits with 0 where all of it is as required, 1 where
not, 2 where the texts are missing.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.files import ROOT, read_yaml
from assistant.ingredients import CheckResult, check, name_key

GOLD = ROOT / "tests" / "ingredients" / "gold_labels.yml"
# Read later, by another reader, before the label reader had seen them.
SECOND_GOLD = GOLD.with_name("gold_labels_second.yml")
LEAST_PRECISION = 0.995
LEAST_RECALL = 0.99
LEAST_COVERED = 0.95
# So many labels in so many seconds on one core.
LABELS = 3_000
MOST_SECONDS = 10.0
LONGEST_LABEL = 8_000
MOST_MILLISECONDS = 20.0
# Four times the length may take so many times as long: four, where the time is linear, and room for chance.
MOST_GROWTH = 8.0
# A time is that of the quickest of so many runs: the others tell of what else the machine had to do.
RUNS = 7
MOST_SHOWN = 20

# What is repeated for the length of a label, to make the reader slow.
_SLOW_BITS = (
    *("(", ")", "((a)", "[+/- ", ",", ", ", "-", " - ", "1,2-", "1, 2-a ", "a", "a ", "<", "<a ", "<b>", "&amp;", "&"),
    *("\n", "\n\n-", "/", "a/", "Water/", "\\", "*", "%", "1% ", "Retinol 1% ", ".", "a. ", ":", "e\u0301", "\u200b"),
    *(
        "A: b c d e\n",
        "-A: b c d e. ",
        "Ingredients: ",
        "Key ingredients: ",
        "May contain ",
        "without ",
        "Free from:\n",
    ),
    *(
        "no water, ",
        "Water, ",
        "Petrolatem, ",
        "Shea Butter ",
        "Glycerin and ",
        "Water (Aqua ",
        "Hydrogenated ",
        "Sodium ",
    ),
    *("Dimethicone\nCrosspolymer, ", "PEG-40, Hydrogenated, ", "Extract, ", "Isopropyl Palmiate/", "é", "𝒜", "水"),
    "Butyrospermum Parkii (Shea) Butter ",
)
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_SLASH = re.compile(r"[/\\]")


@dataclass(frozen=True)
class Gold:
    """The watched names, and for each label's id the ones that are in it."""

    watched: frozenset[str]
    labels: Mapping[str, frozenset[str]]


@dataclass
class Score:
    """How many watched names were rightly found; `errors` is (id, name, "extra" or "missed"); `absent`: no text."""

    right: int = 0
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def _count(self, kind: str) -> int:
        return sum(error[2] == kind for error in self.errors)

    @property
    def precision(self) -> float:
        """The share of the names found that are in the label; 1 where none was found."""
        found = self.right + self._count("extra")
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of the names in the label that were found; 1 where there are none."""
        held = self.right + self._count("missed")
        return self.right / held if held else 1.0


@dataclass
class Coverage:
    """How many names were read; of them, how many the lexicon has, how many more are cosmetic names, and the others."""

    read: int = 0
    recognised: int = 0
    cosmetic: int = 0
    others: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share that is recognised or a cosmetic name; 1 where nothing was read."""
        return (self.recognised + self.cosmetic) / self.read if self.read else 1.0


def load_gold(path: Path = GOLD) -> Gold:
    """Return the gold labels of a file with `watch_list` and `labels`; raises ValueError for a name not watched."""
    raw = read_yaml(path)
    watched = frozenset(raw["watch_list"])
    labels = {item["id"]: frozenset(item["holds"]) for item in raw["labels"]}
    strange = sorted({name for held in labels.values() for name in held} - watched)
    if strange:
        raise ValueError(f"{path.name} holds names that are not on its watch list: {strange}")
    return Gold(watched, labels)


def score(gold: Gold, texts: Mapping[str, str], reader: Callable[[str], CheckResult] = check) -> Score:
    """Return how the reader does on the gold labels, of each label all its products together."""
    result = Score()
    for label, held in gold.labels.items():
        if label not in texts:
            result.absent.append(label)
            continue
        products = reader(texts[label]).products
        found = {weighed.ingredient.inci for product in products for weighed in product.known} & gold.watched
        result.right += len(found & held)
        result.errors += [(label, name, "extra") for name in sorted(found - held)]
        result.errors += [(label, name, "missed") for name in sorted(held - found)]
    return result


def coverage(results: Iterable[CheckResult], cosmetic: frozenset[str]) -> Coverage:
    """Return how many of the names in the results are known; `cosmetic` holds keys (`name_key`) of cosmetic names."""
    found = Coverage()
    for product in (product for result in results for product in result.products):
        found.read += product.total
        found.recognised += len(product.known)
        for written in product.unrecognised:
            if any(name_key(form) in cosmetic for form in _forms(written)):
                found.cosmetic += 1
            else:
                found.others[written] += 1
    return found


def _forms(written: str) -> Iterable[str]:
    """A name, without its brackets, what is in them, and each side of a slash: labels write a name in two languages."""
    plain = _BRACKETS.sub(" ", written)
    yield from (written, plain, *_BRACKETS.findall(written))
    yield from _SLASH.split(plain)


def seconds(texts: Sequence[str], reader: Callable[[str], CheckResult] = check) -> tuple[list[CheckResult], float]:
    """Return the results and the seconds of this process's own work that LABELS labels like these take."""
    begin = time.process_time()
    results = [reader(text) for text in texts]
    return results, (time.process_time() - begin) * LABELS / max(1, len(texts))


def slow_texts() -> dict[str, str]:
    """Return texts of LONGEST_LABEL characters that are made to be slow, by name."""
    texts = {repr(bit): (bit * LONGEST_LABEL)[:LONGEST_LABEL] for bit in _SLOW_BITS}
    ends = ("ane", "ol", "yl Palmitate", "icone", "ic Acid", " Seed Oil", " (Shea) Butter", "/Aqua", " Extract")
    unlike = ", ".join(f"{_word(n)}{ends[n % len(ends)]}" for n in range(LONGEST_LABEL // 5))
    texts["names that are all unlike"] = unlike[:LONGEST_LABEL]
    texts["names without a comma"] = unlike.replace(",", "")[:LONGEST_LABEL]
    return texts


def _word(number: int) -> str:
    letters = "".join(chr(ord("a") + (number // 21**place) % 21) for place in range(4))
    return f"{letters.capitalize()}{letters[::-1]}"


def milliseconds(text: str, reader: Callable[[str], CheckResult] = check) -> float:
    """Return the milliseconds that reading a text takes, the quickest of RUNS runs."""
    taken = []
    for _ in range(RUNS):
        begin = time.process_time()
        reader(text)
        taken.append(1000 * (time.process_time() - begin))
    return min(taken)


def _column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def _report_score(result: Score) -> bool:
    good = result.precision >= LEAST_PRECISION and result.recall >= LEAST_RECALL and not result.absent
    print(f"precision {result.precision:.4f} (at least {LEAST_PRECISION}), recall {result.recall:.4f} ({LEAST_RECALL})")
    for label, name, kind in result.errors:
        print(f"  {label}: {kind} {name}")
    if result.absent:
        print(f"  no text for {', '.join(result.absent)}")
    return good


def _report_coverage(found: Coverage) -> bool:
    print(
        f"names read {found.read}, recognised {found.recognised / max(1, found.read):.4f}, "
        f"recognised or cosmetic {found.share:.4f} (at least {LEAST_COVERED})"
    )
    print("  most frequent others:", ", ".join(f"{name} ({n})" for name, n in found.others.most_common(MOST_SHOWN)))
    return found.share >= LEAST_COVERED


def _report_slow() -> bool:
    texts = slow_texts()
    times = sorted(((milliseconds(text), name) for name, text in texts.items()), reverse=True)
    print(f"slowest {LONGEST_LABEL} characters {times[0][0]:.1f} ms (at most {MOST_MILLISECONDS})")
    print("  " + ", ".join(f"{name} {taken:.1f} ms" for taken, name in times[:MOST_SHOWN]))
    growth, name = max(
        (taken / milliseconds(texts[name][: LONGEST_LABEL // 4]), name) for taken, name in times[:MOST_SHOWN]
    )
    print(f"a quarter of the text takes at least 1/{growth:.1f} of the time (at least 1/{MOST_GROWTH}): {name}")
    return times[0][0] <= MOST_MILLISECONDS and growth <= MOST_GROWTH


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report and return the exit status."""
    parser = argparse.ArgumentParser(description="Measures the label reader on real labels.")
    parser.add_argument(
        "--data", type=Path, required=True, metavar="FOLDER", help="holds products.csv and cosing_names.csv"
    )
    folder = parser.parse_args(arguments).data
    missing = [name for name in ("products.csv", "cosing_names.csv") if not (folder / name).is_file()]
    if missing:
        print(f"Nothing was measured: {folder} holds no {' and no '.join(missing)}.", file=sys.stderr)
        return 2
    check("")
    texts = dict(zip(*(_column(folder / "products.csv", name) for name in ("id", "ingredients_raw")), strict=True))
    results, taken = seconds(list(texts.values()))
    print(f"{LABELS} labels {taken:.2f} s (at most {MOST_SECONDS})")
    cosmetic = frozenset(name_key(name) for name in _column(folder / "cosing_names.csv", "inci_name"))
    good = [
        taken <= MOST_SECONDS,
        *(_report_score(score(load_gold(path), texts)) for path in (GOLD, SECOND_GOLD)),
        _report_coverage(coverage(results, cosmetic)),
        _report_slow(),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
