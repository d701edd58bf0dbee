"""The page for review holds everything, needs nothing beside it, and changes its version with the content."""

import re
import shutil

import pytest

from assistant import guide, site
from assistant.cli import main
from assistant.files import DATA, read_yaml
from assistant.safety import html, review

PAGE = review.page()
PLAIN = " ".join(re.sub(r"<[^>]+>", " ", PAGE).split())


def plain(text):
    shown = re.sub(r"<[^>]+>", " ", html.prose(guide.fill(text, site.load().words)))
    return " ".join(shown.split())


@pytest.fixture
def data(tmp_path):
    """A copy of the content, to be changed."""
    names = ("guide", "referral", "ingredients", "entities", "language", "safety", "sources.yml")
    for name in names:
        source, target = DATA / name, tmp_path / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return tmp_path


def changed(data, name, old, new):
    path = data / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    guide.load.cache_clear()
    return review.page(data)


@pytest.mark.parametrize("topic", guide.load().topics.values(), ids=lambda topic: topic.id)
def test_every_text_of_every_topic_is_on_it_with_a_place_to_sign(topic):
    assert [place for place, text in topic.texts().items() if plain(text) not in PLAIN] == []
    assert f"<strong>{html.escape(topic.title)}</strong> (fingerprint " in PAGE


def test_every_advice_is_on_it_with_its_flags_and_levels():
    advice = read_yaml(DATA / "referral" / "advice.yml")
    assert [name for name, entry in advice.items() if plain(entry["text"]) not in PLAIN] == []
    known = read_yaml(DATA / "referral" / "red_flags.yml")
    flags = [*known["flags"], *known["sounds"]]
    assert [flag["id"] for flag in flags if f"{flag['id'].replace('_', ' ')}: {flag['level']}" not in PLAIN] == []


def test_labels_sentences_languages_and_exceptions_are_on_it():
    words = read_yaml(DATA / "ingredients" / "_words.yml")
    for text in (words["caveat"], words["cautions"][1]["text"], guide.load().system["fallback_second"]):
        assert plain(text) in PLAIN
    assert "Retinol preventive G" in PLAIN
    assert plain(read_yaml(DATA / "language" / "languages.yml")["es"]["text"]) in PLAIN
    for entry in read_yaml(DATA / "safety" / "rules.yml")["allowed"]:
        assert plain(entry["sentence"]) in PLAIN


def test_every_source_is_on_it_with_its_link():
    for source in guide.load().sources.values():
        assert f'<a id="{source.id}">' in PAGE
        assert source.url is None or f'<a href="{html.escape(source.url)}">' in PAGE


def test_it_needs_nothing_beside_it_and_runs_nothing():
    assert not re.search(r"<(script|link|img|iframe|object|embed|form|base)\b|\bsrc=|@import|url\(|\bon\w+=", PAGE)
    assert set(re.findall(r'href="(\w+:|#)', PAGE)) == {"https:", "tel:", "#"}
    assert "@media print" in PAGE


def test_nothing_is_left_to_fill_in():
    body = PAGE.split("</style>")[1].split("<h2>Labels and ingredients</h2>")
    assert not re.search(r"\{[a-z_]+\}", body[0])


def test_the_version_changes_with_the_content_and_so_does_the_fingerprint_of_what_changed(data):
    before = review.page(data)
    after = changed(data, "guide/about.yml", "Milia are harmless, and they are not acne.", "Milia are not acne.")
    marks = [dict(re.findall(r"<strong>([^<]+)</strong> \(fingerprint (\w+)\)", page)) for page in (before, after)]
    assert {title for title in marks[0] if marks[0][title] != marks[1][title]} == {"What milia are"}
    assert re.search(r"content: (\w+)", before)[1] != re.search(r"content: (\w+)", after)[1]
    assert review.page(data) == after


def test_the_rules_of_the_check_are_on_it_once_there_are_any(data):
    rules = "questions: [{id: who, asks: Who has the bump?, typed: [any wording]}]\n"
    (data / "referral" / "triage.yml").write_text(rules, encoding="utf-8")
    page = review.page(data)
    assert "any wording" not in page
    assert "Who has the bump?" in page
    assert "All rules of the check" in page


def test_what_looks_like_markup_is_shown_and_not_obeyed(data):
    page = changed(data, "guide/about.yml", "Milia are harmless, and they are not acne.", "<script>x</script> & more.")
    assert "&lt;script&gt;x&lt;/script&gt; &amp; more." in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One.\n\nTwo,\nthree.", "<p>One.</p><p>Two, three.</p>"),
        ("- one\n- **two**", "<ul><li>one</li><li><strong>two</strong></li></ul>"),
        ("[call](tel:1) or [see](https://a.org)", '<p><a href="tel:1">call</a> or <a href="https://a.org">see</a></p>'),
        ("[no](javascript:x)", "<p>[no](javascript:x)</p>"),
    ],
)
def test_the_small_markdown_subset_is_shown(text, shown):
    assert html.prose(text) == shown


def test_the_command_writes_it_and_says_where(tmp_path, capsys):
    out = tmp_path / "new" / "page.html"
    assert main(["review", f"--out={out}"]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert out.read_text(encoding="utf-8") == review.page()


def test_a_place_that_cannot_be_written_is_said(tmp_path, capsys):
    assert main(["review", f"--out={tmp_path}"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_for_whom_alone_and_for_whom_too_something_is_said_stands_beside_it():
    both = {"only_for": "only: ", "also_for": "also: "}
    known = guide.load()
    for topic in known.topics.values():
        for aspect in topic.aspects:
            for name, word in both.items():
                if who := getattr(aspect, name):
                    assert f"({word}{known.says('audience', who[0])}" in PLAIN
