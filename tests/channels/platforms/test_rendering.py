"""Parts are within each platform's limits, join to the source, and lose no choice."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.platforms import fit
from assistant.channels.platforms.capabilities import Capabilities, load
from assistant.channels.platforms.markup import MARKUPS, read
from assistant.channels.platforms.render import Button, Part, render
from assistant.channels.platforms.units import is_gsm7, segments, to_gsm7

PLATFORMS = load()
ALL = pytest.mark.parametrize("platform", PLATFORMS.values(), ids=list(PLATFORMS))
LINK = "[the skin clinic's page](https://www.example.org/a/b?c=1&d=2)"

# Words of every kind that a text may hold: plain, with what each markup must escape, joined, very long, links, marks.
WORDS = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=12),
    st.sampled_from(["milia", "eyes.", "**", "**strong**", "<b>", "&amp;", "*", "_x_", "`", "|", "]", "[a](", "a.b"]),
    st.sampled_from([LINK, "[call 911](tel:911)", "[mail](mailto:a@example.org)", "**[both](https://e.org)**"]),
    st.sampled_from(["👩‍👩‍👧‍👦", "é", "e\u0301" * 30, "👍🏽" * 40, "🇩🇪" * 33, "שלום", "مرحبا", "汉" * 900, "x" * 5000]),
)
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\n- ", ". ", ""])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=60).map(lambda pairs: "".join(word + gap for word, gap in pairs))
TITLES = st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1), max_size=30)
PROPERTY = settings(max_examples=60, derandomize=True, deadline=None)


def squeezed(text: str) -> str:
    return "".join(text.split())


def visible(platform: Capabilities, part: Part) -> str:
    """What a person reads of a part, and the addresses of its links."""
    if platform.markup == "telegram_html":
        return shown(part.text)
    if platform.markup == "slack_mrkdwn":
        linked = re.sub(r"<([^|>]+)\|([^>]*)>", r"\2", part.text)
        return unescape(linked)
    return part.text


def shown(html: str) -> str:
    """What Telegram shows of its HTML; fails where it would refuse it."""
    found: list[str] = []
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            assert tag in {"a", "b"}, tag
            assert [name for name, _ in attributes] == (["href"] if tag == "a" else [])
            opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

        def handle_data(self, data: str) -> None:
            found.append(data)

    reader = Reader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    assert opened == []
    return "".join(found)


@ALL
class TestParts:
    @PROPERTY
    @given(text=TEXTS, titles=TITLES)
    def test_are_within_the_limits_and_join_to_the_source_with_every_choice(
        self, platform: Capabilities, text: str, titles: list[str]
    ) -> None:
        parts = render(platform, text, [Button(title, f"{place:016x}") for place, title in enumerate(titles)])
        assert list(fit.unfit(platform, text, titles, parts)) == []
        assert all(part.buttons == () for part in parts[:-1])
        if titles:
            assert parts

    @PROPERTY
    @given(text=TEXTS)
    def test_show_all_that_the_source_shows_in_the_platforms_own_markup(
        self, platform: Capabilities, text: str
    ) -> None:
        written = MARKUPS[platform.markup]
        simple = to_gsm7(text) if platform.text.unit == "gsm7" else text
        # In one piece, and in parts: the same is read.
        whole = visible(platform, Part(written.write(read(simple)), ""))
        joined = squeezed("".join(visible(platform, part) for part in render(platform, text)))
        # A link that is longer than a message alone goes on as text with its address; none here is.
        assert joined == squeezed(whole)

    def test_end_at_a_paragraph_before_a_sentence_and_at_a_sentence_before_a_word(self, platform: Capabilities) -> None:
        limit = platform.text.limit
        sentence = "One two three four five six. "
        paragraph = (sentence * (limit * 6 // 10 // len(sentence))).strip()
        first, second = render(platform, f"{paragraph}\n\n{paragraph} End.")
        assert (first.plain, second.plain) == (paragraph, f"{paragraph} End.")
        for part in render(platform, (sentence * (3 * limit // len(sentence))).strip()):
            assert part.plain.endswith("six.")
        words = ("word " * limit).strip()
        assert all(set(part.plain.split()) == {"word"} for part in render(platform, words))

    def test_never_end_within_a_link(self, platform: Capabilities) -> None:
        for lead in range(platform.text.limit - 80, platform.text.limit + 5, 3):
            parts = render(platform, f"{'x' * (lead - 5)} yes {LINK} and more")
            assert sum("https://www.example.org/a/b?c=1&" in unescape(part.text) for part in parts) == 1
            assert sum("the skin clinic's page" in part.plain for part in parts) == 1

    def test_never_end_within_a_grapheme(self, platform: Capabilities) -> None:
        family = "👩‍👩‍👧‍👦"
        parts = render(platform, family * platform.text.limit)
        # A joined picture falls apart where a zero-width joiner is cut, and SMS has none to cut.
        whole = to_gsm7(family) if platform.text.unit == "gsm7" else family
        assert all(len(part.plain) % len(whole) == 0 and part.plain.startswith(whole) for part in parts[:-1])

    def test_of_nothing_are_none(self, platform: Capabilities) -> None:
        assert render(platform, " \n\n ") == []


@ALL
def test_choices_that_fit_are_tapped_and_others_are_numbered(platform: Capabilities) -> None:
    few = [Button("Short", "1"), Button("Also short", "2")]
    (part,) = render(platform, "Pick one.", few)
    numbered = platform.choices.kind == "numbered"
    assert list(part.buttons) == ([] if numbered else few)
    assert ("1. Short\n2. Also short" in part.text) == numbered
    (part,) = render(platform, "Pick one.", [*few, Button("A title of such length " * 4, "3")])
    assert part.buttons == ()
    assert "1. Short\n2. Also short\n3. A title of such" in part.text


@ALL
def test_more_choices_than_buttons_are_numbered_in_one_message(platform: Capabilities) -> None:
    titles = [f"Choice {number}" for number in range(platform.choices.most + 1)]
    parts = render(platform, "Pick one.", [Button(title, title) for title in titles])
    assert len(parts) == 1
    assert parts[0].buttons == ()
    assert parts[0].text.endswith(f"{len(titles)}. {titles[-1]}")


def test_telegram_gets_html_of_two_tags_with_everything_else_escaped() -> None:
    text = "**If <you> & I** see [this](https://e.org/?a=1&b=2) or [911](tel:911)\n- one"
    (part,) = render(PLATFORMS["telegram"], text)
    assert part.text == (
        '<b>If &lt;you&gt; &amp; I</b> see <a href="https://e.org/?a=1&amp;b=2">this</a> or 911\n• one'
    )
    assert part.plain == "If <you> & I see this (https://e.org/?a=1&b=2) or 911\n- one"


def test_slack_gets_its_own_markup_and_no_mention_of_everybody() -> None:
    (part,) = render(PLATFORMS["slack"], "**Yes** <!channel> & [this|that](https://e.org/?a=1&b=2)")
    assert part.text == "*Yes* &lt;!channel&gt; &amp; <https://e.org/?a=1&amp;b=2|this/that>"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[find one](https://e.org/x).", "find one (https://e.org/x)."),
        ("[https://e.org/x](https://e.org/x)", "https://e.org/x"),
        ("Call [911](tel:911) or [the poison line](tel:+18002221222).", "Call 911 or the poison line (+18002221222)."),
        ("[us](javascript:alert(1)) **", "[us](javascript:alert(1)) **"),
        ("2 ** 3 and **a** b", "2  3 and a** b"),
    ],
)
def test_without_markup_a_link_shows_where_it_leads_once(text: str, plain: str) -> None:
    assert [part.text for part in render(PLATFORMS["messenger"], text)] == [" ".join(plain.split())]


class TestSms:
    def test_one_curly_quote_does_not_double_its_price(self) -> None:
        text = "It’s a “milium” – a small cyst… • done\u00a0here"
        (part,) = render(PLATFORMS["sms"], text)
        assert part.text == 'It\'s a "milium" - a small cyst... - done here'
        assert is_gsm7(part.text)
        assert not is_gsm7(text)

    @pytest.mark.parametrize(
        ("text", "count"),
        [("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("€" * 80, 1), ("€" * 81, 2), ("ж" * 70, 1), ("ж" * 71, 2)],
    )
    def test_is_billed_as_the_network_counts(self, text: str, count: int) -> None:
        assert segments(text) == count

    def test_every_prepared_answer_stays_in_the_cheap_alphabet(self) -> None:
        from assistant import safety

        words = [text.words for text in safety.said() if not text.file.startswith("language/")]
        assert [text for text in words if not is_gsm7(to_gsm7(text))] == []


def test_the_guides_own_limits_are_never_wider_than_a_platforms() -> None:
    from assistant.guide.checks.platforms import PLATFORMS as NARROW

    ours = {platform.name: platform for platform in PLATFORMS.values()}
    assert {platform.name for platform in NARROW} == set(ours)
    assert [platform.name for platform in NARROW if platform.text > ours[platform.name].text.limit] == []


def test_what_does_not_fit_is_told() -> None:
    platform = PLATFORMS["sms"]
    lost = [Part("x" * 1601, "x" * 1601)]
    found = list(fit.unfit(platform, "y", ["Yes"], lost))
    assert [next(word for word in ("1601", "choice", "text") if word in reason) for reason in found] == [
        "1601",
        "1601",
        "choice",
        "text",
    ]
    buttons = (Button("A title of more than twenty", "1"),)
    assert list(fit.unfit(PLATFORMS["messenger"], "y", [], [Part("y", "y", buttons)])) != []
    assert list(fit.unfit(platform, "", [], [Part("", "")])) != []
