"""The page on which a clinician reviews everything that the assistant can say: sources beside it, a place to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant import guide, site
from assistant.files import DATA, read_yaml
from assistant.safety import html
from assistant.safety.schema import load

# Of an ingredient with this relation to milia nothing is said beyond that nothing is known.
NEUTRAL = "neutral"
# Of the wording of results what only joins names and numbers.
JOINTS = frozenset({"numbers", "ordinals", "position", "colored", "last_and", "more", "sources"})
# Of the check of a bump how answers are recognised, which is no matter of medicine.
WORDINGS = frozenset({"commands", "no_questions", "named", "typed", "alone", "facet", "calm"})
CUES_SHOWN = 6  # enough to see what an aspect is about; an editor finds all of them in the file


def page(data: Path = DATA) -> str:
    """Return the whole page. Its version is the fingerprint of all that is printed on it."""
    library = guide.load(data)
    sections = {
        "What is said first: red flags": _red_flags(data, library),
        "Questions and rules of the check of a bump": _triage(data),
        **{f"Answers: {family.replace('_', ' ')}": _family(library, family) for family in _families(library)},
        "Labels and ingredients": _labels(data),
        "The assistant's own sentences": _own(data, library),
        "Sentences that break a rule of safety on purpose": _exceptions(data),
        "Numbers by region": _regions(data),
        "Sources": _sources(library),
    }
    body = "".join(f"<h2>{escape(head)}</h2>{text}" for head, text in sections.items() if text)
    version = html.mark(body)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Review of the content, version '
        f"{version}</title><style>{html.STYLE}</style></head><body>{_front(version)}{body}</body></html>\n"
    )


def _front(version: str) -> str:
    return (
        "<h1>Review of all that the assistant can say</h1>"
        f"<p><strong>Version of the content: {version}.</strong> Numbers and names are those of the region "
        f"that is set for {escape(site.load().name)} ({escape(site.load().region)}).</p>"
        "<p>The assistant makes up no sentence: all that it says of milia, skin and products stands on these pages. A "
        "text that follows “asked of” is said first where one of the words stands in the question; one that follows a "
        "person or a place is said where that was named. Each item has a fingerprint that changes with its words.</p>"
        '<div class="review">Reviewer: ______________________________ Profession and registration: '
        "______________________________<br>☐ I reviewed all of it &nbsp; ☐ I reviewed these parts: "
        '<div class="line"></div>☐ may be used as it stands &nbsp; ☐ after the changes noted &nbsp; ☐ not to be used'
        "<br>Signature: ______________________________ Date: ____________</div>"
    )


def _families(library: guide.Guide) -> list[str]:
    return sorted(set(library.families.values()))


def _family(library: guide.Guide, family: str) -> str:
    return "".join(_topic(library, topic) for topic in library.topics.values() if library.families[topic.id] == family)


def _topic(library: guide.Guide, topic: guide.Topic) -> str:
    words = site.load().words
    answers = [topic.answer] if isinstance(topic.answer, str) else list(topic.answer)
    parts: list[tuple[str, str, Sequence[str]]] = [("Answer", text, ()) for text in answers]
    parts += [("In the plainest words", topic.simple, ())] if topic.simple else []
    parts += [("Tell me more", topic.more, ())] if topic.more else []
    parts += [
        (f"Asked of: {_cues(aspect.cues)}{_hearers(library, aspect)}", str(aspect.text), aspect.sources)
        for aspect in topic.aspects
    ]
    for name, values in topic.facets.items():
        for value, facet in values.items():
            how = "in place of the answer" if facet.instead else "after the answer"
            parts.append(
                (f"{library.says(name, value)} ({how}){_hearers(library, facet)}", str(facet.text), facet.sources)
            )
    shown = "".join(
        f"<h4>{escape(head)}</h4>{html.prose(guide.fill(text, words))}{_by_id(sources)}"
        for head, text, sources in parts
    )
    return (
        f"<h3>{escape(topic.title)}</h3><p class=small>{escape(topic.asks)} (topic <code>{topic.id}</code>)</p>{shown}"
        f"{_cited(library, topic.sources)}{html.to_sign(topic.title, html.mark(shown))}"
    )


def _hearers(library: guide.Guide, said: guide.Aspect | guide.Facet) -> str:
    """Return for whom alone, or for whom as well, `said` holds, where that is written down."""
    only = getattr(said, "only_for", ())
    named = ", ".join(library.says(guide.AUDIENCE, who) for who in only or said.also_for)
    return f" ({'only' if only else 'also'}: {named})" if named else ""


def _cues(cues: Sequence[str]) -> str:
    more = f" and {len(cues) - CUES_SHOWN} more" if len(cues) > CUES_SHOWN else ""
    return ", ".join(cues[:CUES_SHOWN]) + more


def _red_flags(data: Path, library: guide.Guide) -> str:
    advice, words = read_yaml(data / "referral" / "advice.yml"), site.load().words
    by_advice: dict[str, list[Mapping[str, Any]]] = {}
    known = read_yaml(data / "referral" / "red_flags.yml")
    for flag in (*known["flags"], *known["sounds"]):
        by_advice.setdefault(flag.get("advice", flag["id"]), []).append(flag)
    shown = []
    for name, flags in by_advice.items():
        text = html.prose(guide.fill(advice[name]["text"], words)) + _cited(library, advice[name]["sources"])
        signs = "; ".join(f"{flag['id'].replace('_', ' ')}: {flag['level']}" for flag in flags)
        shown.append(f"<h3>{escape(signs)}</h3>{text}{html.to_sign(signs, html.mark(signs + text))}")
    return "".join(shown)


def _triage(data: Path) -> str:
    shown = guide.fill(html.nested(read_yaml(data / "referral" / "triage.yml"), WORDINGS), site.load().words)
    return shown + html.to_sign("All rules of the check", html.mark(shown))


def _labels(data: Path) -> str:
    folder = data / "ingredients"
    words = html.nested(read_yaml(folder / "_words.yml"), JOINTS)
    rows = []
    for path in sorted(folder.glob("[a-z]*.yml")):
        for entry in read_yaml(path).get("ingredients", ()):
            if entry["relation"] != NEUTRAL:
                cells = (entry["inci"], entry["relation"], entry["grade"], entry.get("note", ""))
                more = (", ".join(entry.get("cautions", ())), ", ".join(entry.get("sources", ())))
                rows.append([escape(str(cell)) for cell in (*cells, *more)])
    named = html.table(["Ingredient", "Relation", "Evidence", "What is added", "Cautions", "Sources"], rows)
    return (
        f"<h3>How results are worded</h3>{words}{html.to_sign('The wording of results', html.mark(words))}"
        f"<h3>Every ingredient that is not neutral</h3>{named}{html.to_sign('The ingredients', html.mark(named))}"
    )


def _own(data: Path, library: guide.Guide) -> str:
    words = site.load().words
    own = html.table(
        ["Said when", "Text"],
        (
            [escape(name.replace("_", " ")), html.prose(guide.fill(text, words))]
            for name, text in library.system.items()
        ),
    )
    prepared = read_yaml(data / "language" / "languages.yml").values()
    other = html.table(
        ["Language", "Text"], ([escape(one["name"]), html.prose(guide.fill(one["text"], words))] for one in prepared)
    )
    shown = f"{own}<h3>To who writes in another language</h3>{other}"
    return shown + html.to_sign("These sentences", html.mark(shown))


def _exceptions(data: Path) -> str:
    rows = [[escape(text) for text in (entry.sentence, entry.rule, entry.why)] for entry in load(data).allowed]
    shown = html.table(["Sentence", "Rule", "Why"], rows)
    return shown + html.to_sign("These exceptions", html.mark(shown)) if rows else ""


def _regions(data: Path) -> str:
    names = ("name", "emergency_number", "crisis_line", "urgent_line")
    regions = read_yaml(data / "referral" / "regions.yml").values()
    shown = html.table(
        ["Region", "Emergency", "Crisis", "The same day"],
        ([html.inline(region[name]) for name in names] for region in regions),
    )
    return shown + html.to_sign("The numbers", html.mark(shown))


def _sources(library: guide.Guide) -> str:
    return html.table(
        ["Id", "Source"], ([f'<a id="{one.id}">{one.id}</a>', _described(one)] for one in library.sources.values())
    )


def _cited(library: guide.Guide, ids: Sequence[str]) -> str:
    """Return the sources in full, which a topic and an advice need once."""
    described = "".join(f"<li>{name}: {_described(library.sources[name])}</li>" for name in ids)
    return f"<h4>Sources</h4><ul class=sources>{described}</ul>" if ids else ""


def _by_id(ids: Sequence[str]) -> str:
    linked = ", ".join(f'<a href="#{name}">{name}</a>' for name in ids)
    return f"<p class=small>Sources: {linked}</p>" if ids else ""


def _described(source: guide.Source) -> str:
    title = f"{escape(source.title)}, {escape(source.publisher)}" + (f" {source.year}" if source.year else "")
    return f'<a href="{escape(source.url)}">{title}</a>' if source.url else title
