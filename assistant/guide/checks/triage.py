"""Whether the triage form (data/referral/triage.yml) fits its schema, the lexicons, the topics and the platforms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant import referral
from assistant.guide.checks.content import Content
from assistant.guide.checks.platforms import PLATFORMS

FILE = referral.TRIAGE_FILE
# Of all platforms the shortest message, in characters.
LONGEST = min(platform.text for platform in PLATFORMS)


def fits(content: Content) -> Iterator[str]:
    """The file holds what it must, and names no answer that does not exist."""
    if content.triage:
        try:
            referral.checked(content.triage)
        except referral.BrokenTriage as error:
            yield f"{' '.join(str(error).split())}; correct the file, then check again."


def names(content: Content) -> Iterator[str]:
    """Topics that it names exist, and values that it names stand in the lexicons."""
    for form in _form(content):
        for topic in (form.topic, *form.doubtful, *(topic for level in form.levels.values() for topic in level.next)):
            if topic not in content.guide.topics:
                yield f"{FILE}: there is no topic {topic}, so name another."
        for question in form.questions:
            for choice in question.choices:
                values = [*choice.facet.items(), *((name, one) for name, many in choice.named.items() for one in many)]
                for entity, value in values:
                    lexicon = content.guide.lexicons.get(entity)
                    if lexicon is None or value not in lexicon.values:
                        at = f"{FILE}, {question.id}.{choice.id}"
                        yield f"{at}: {value} is no value of {entity}, so add it to data/entities or rename it."


def wordings(content: Content) -> Iterator[str]:
    """A wording stands for one choice of a question."""
    for form in _form(content):
        for question in form.questions:
            seen: dict[str, str] = {}
            for choice in question.choices:
                for phrase in sorted({*choice.typed, *choice.alone}):
                    other = seen.setdefault(phrase.lower(), choice.id)
                    if other != choice.id:
                        at = f"{FILE}, {question.id}.{choice.id}"
                        yield f"{at}: the wording {phrase!r} stands for {other} too, so keep one of them."


def messages(content: Content) -> Iterator[str]:
    """Each question fits the narrowest platform, whatever leads to it: the start with what is known, or the help."""
    for form in _form(content):
        known = sum(max(len(choice.fact) for choice in question.choices) + 2 for question in form.questions)
        for question in form.questions:
            leads = (len(form.says.start) + len(form.says.known) + known, len(question.explain) + len(form.says.help))
            length = max(leads) + len(question.asks)
            if length > LONGEST:
                yield f"{FILE}, {question.id}: it may get {length} characters, and {LONGEST} fit, so shorten it."


def _form(content: Content) -> Sequence[referral.Triage]:
    """Return the form, nothing where there is none or where its file does not fit, which `fits` tells."""
    try:
        return [referral.checked(content.triage)] if content.triage else []
    except referral.BrokenTriage:
        return []
