"""Words the form: its questions, its result, and what to copy. Every sentence stands in data/referral/triage.yml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.referral.triage import CALM, Answers, Result, load
from assistant.referral.triage_schema import SKIPPED

# After this many answers that were not understood the question is explained.
PATIENCE = 2


def question_text(question: str, *leads: str) -> str:
    """Return the question with its number, after what leads to it."""
    triage = load()
    number = f"**{triage.order.index(question) + 1}/{len(triage.order)}**"
    return _paragraphs(*leads, f"{number} {triage.question(question).asks}")


def choices(question: str) -> list[tuple[str, str]]:
    """Return (id, title) of what may be tapped: the choices of `question`, "Skip" and "Stop"."""
    says = load().says
    own = [(f"triage.{question}.{choice.id}", str(choice.title)) for choice in load().question(question).choices]
    return [*own, (f"triage.{question}.{SKIPPED}", str(says.skip_title)), ("triage.stop", str(says.stop_title))]


def explained(question: str) -> str:
    """Return why `question` is asked and how it may be answered."""
    triage = load()
    return f"{triage.question(question).explain} {triage.says.help}"


def unclear(question: str, failed: int) -> str:
    """Return what is said to an answer that was not understood, the `failed`th to this question in a row."""
    return explained(question) if failed >= PATIENCE else str(load().says.unclear)


def opening(known: Answers) -> str:
    """Return how the form begins, with what is known already."""
    says = load().says
    facts = [fact for name, answers in known.items() for fact in _facts(name, answers)]
    return _paragraphs(says.start, _sentence(says.known, facts))


def result_text(result: Result, words: Mapping[str, str], advised: bool = False) -> str:
    """Return how soon, why, and whom to see; an emergency stands alone. `words` fills the placeholders.

    `advised`: advice as urgent goes ahead of it, and has said when to go sooner.
    """
    says = load().says
    if result.level == "emergency":
        return result.says.format_map({**words})
    why = _sentence(says.told, result.facts)
    unknown = _sentence(says.unknown, result.unknown, says.either)
    noted = load().noted if result.noted else ""
    text = _paragraphs(
        result.says,
        " ".join(part for part in (why, noted, unknown) if part),
        f"{says.who} {result.provider}",
        " ".join(part for part in (*result.notes, "" if advised else result.net) if part),
    )
    return text.format_map({**words})


def stopped_text(reached: str, words: Mapping[str, str]) -> str:
    """Return what is said where the visitor stops; what was urgent so far (level `reached`) is said all the same."""
    says = load().says
    if reached in CALM:
        return str(says.stopped)
    return _paragraphs(says.stopped_urgent, load().levels[reached].says).format_map({**words})  # type: ignore[index]


def companion_text(result: Result, words: Mapping[str, str]) -> str:
    """Return what to take along: what to ask, a summary to copy, where to find somebody, and what it costs."""
    says = load().says
    summary = [f"{label}: {titles}" for label, titles in result.summary]
    find = f'{says.find} {words["provider_link"]}. {says.search} "{result.search}".'
    text = _paragraphs(
        _listed(says.ask, result.asks), _listed(says.summary, summary), *(f"{says.cost} {one}" for one in result.cost)
    )
    return _paragraphs(text.format_map({**words}), find)


def _facts(question: str, answers: Sequence[str]) -> list[str]:
    known = load().question(question)
    return [known.choice(name).fact for name in answers if name != SKIPPED]


def _sentence(lead: str, facts: Sequence[str], joined: str = "") -> str:
    """Return facts as one sentence: "You told me: it is on an eyelid, it bleeds and it grows"."""
    if not facts:
        return ""
    *first, last = facts
    listed = f"{', '.join(first)} {joined or load().says.joined} {last}" if first else last
    return f"{lead} {listed}."


def _listed(lead: str, lines: Sequence[str]) -> str:
    return "\n".join((f"{lead}\n", *(f"- {line}" for line in lines))) if lines else ""


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
