"""A small project with content that has no problems, for tests that break one thing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.guide import Guide, load
from assistant.guide.checks import problems
from assistant.guide.checks.published import hashes

PUBLISHED = "A bead is a small round thing that people put on a thread."

FILES = {
    "domain.yml": "intents: [what, how_long, hello, {other_language: {use_entities: []}}]\n",
    "data/rules.yml": """
rules:
  - rule: Questions
    steps:
      - or: [{intent: what}, {intent: how_long}, {intent: hello}]
      - action: action_answer
  - rule: Another language
    steps:
      - intent: other_language
      - action: action_answer
  - rule: Nothing fits
    steps:
      - intent: nlu_fallback
      - action: action_help
""",
    "data/guide/beads.yml": """
kind: guide
topics:
  - id: what
    title: What it is
    asks: what a bead is
    answer: A bead is small and hard. Ask {contact} if you want one.
    simple: It is a small, hard thing.
    more: Some are red and some are blue.
    sources: [guide]
    facets:
      audience:
        baby:
          text: Keep it out of reach.
          sources: [s1]
        child:
          text: A child may play with big ones.
          instead: true
          sources: [s1]
        adult:
          text: You may wear them.
          instead: true
      body_area:
        hand:
          text: On the hand it rolls.
          sources: [guide, s1]
    next: [how_long]
  - id: how_long
    title: How long
    asks: how long it lasts
    answer: It lasts for years.
    simple: It lasts long.
    more: Glass ones last longest.
    aspects:
      - {cues: [for good, forever], text: "Yes, for good.", sources: [guide]}
    sources: [s1, guide]
    next: [what]
""",
    "data/guide/talk.yml": """
kind: conversation
topics:
  - id: hello
    title: Hello
    asks: who I am
    answer:
      - Hello, this is {name}.
      - Hi there.
  - id: other_language
    title: English
    asks: what I can read
    answer: I read English.
""",
    "data/guide/system.yml": "greeting: Hello.\nmore_title: Tell me more\n",
    "data/guide/forbidden.yml": "- {pattern: '\\bguaranteed\\b', reason: is a promise}\n",
    "data/guide/medical_words.txt": "# names\nencephalomyelitis\n",
    "data/guide/published_guide.hashes": "\n".join(sorted({digest for _, digest in hashes(PUBLISHED)})) + "\n",
    "data/entities/audience.yml": """
entity: audience
values:
  baby: {says: For a baby, phrases: [baby, Newborn]}
  child: {says: For a child, phrases: [child]}
  adult: {says: For an adult, phrases: [adult]}
""",
    "data/entities/body_area.yml": """
entity: body_area
values:
  hand: {says: On the hand, phrases: [hand]}
  finger: {says: On a finger, like: hand, phrases: [finger]}
""",
    "data/follow_ups.yml": """
kinds: [{kind: why, answers: what, phrases: [why]}]
homes: {audience: {topic: what, values: {baby: what}}}
""",
    "data/sources.yml": """
- {id: guide, title: All about beads, publisher: Beads Weekly}
- {id: s1, title: Beads, publisher: Thread, year: 2020, url: "https://example.org/beads"}
""",
    "data/ingredients/_origins.yml": "origins: [{code: M1, also: s1}, {code: M2}]\n",
    "data/ingredients/oils.yml": "ingredients: [{inci: Oil, sources: [M1, M2]}]\n",
}


class Project:
    """The small project in a folder; `break_` replaces words of one of its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in {**FILES, **_phrases()}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def break_(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def problems(self) -> list[str]:
        return problems(self.root / "data")

    def the_problem(self) -> str:
        found = self.problems()
        assert len(found) == 1, found
        return found[0]

    def guide(self) -> Guide:
        return load(self.root / "data")


def _phrases() -> dict[str, str]:
    def file(*intents: str) -> str:
        lines = ["nlu:"]
        for intent in intents:
            lines += [f"- intent: {intent}", "  examples: |"]
            lines += [f"    - {intent} is asked in way {number}" for number in range(25)]
        return "\n".join(lines) + "\n"

    return {"data/nlu/beads.yml": file("what", "how_long"), "data/nlu/talk.yml": file("hello")}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def guide(project: Project) -> Guide:
    return project.guide()
