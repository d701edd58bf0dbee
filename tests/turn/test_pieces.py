from __future__ import annotations

import pytest

from assistant.turn.pieces import halves, pieces


def asked(text: str) -> list[str]:
    return [piece.text for piece in pieces(text) if piece.asks]


def told(text: str) -> list[str]:
    return [piece.text for piece in pieces(text) if not piece.asks]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("are they acne and how do i get rid of them", ["are they acne", "how do i get rid of them"]),
        ("What are these?Do they go away?", ["What are these?", "Do they go away?"]),
        ("is it catching\nwill it spread", ["is it catching", "will it spread"]),
        ("does it hurt, and also what does it cost?", ["does it hurt", "what does it cost?"]),
        ("is it acne or is it milia", ["is it acne or is it milia"]),
        ("can soap and water help", ["can soap and water help"]),
        (
            "bumps after a sunburn, do they fade and should a doctor see them",
            ["do they fade", "should a doctor see them"],
        ),
        ("I went there and was told to wait", []),
        ("milia near my eye: who takes them out and what does it cost", ["who takes them out", "what does it cost"]),
        ("please guide me", ["please guide me"]),
        ("I was wondering if they grow", ["I was wondering if they grow"]),
        ("so then how long", ["so then how long"]),
    ],
)
def test_the_questions_of_a_message_are_told_apart(text: str, questions: list[str]) -> None:
    assert asked(text) == questions


def test_a_story_is_no_question_and_stays_whole() -> None:
    text = "I had laser and then I got bumps. My sister says they stay. Do they?? How long..."
    assert told(text)[:2] == ["I had laser and then I got bumps.", "My sister says they stay."]
    assert "How long" in asked(text)


@pytest.mark.parametrize("text", ["right?", "", "thanks a lot", "They are white and hard."])
def test_what_asks_nothing_is_no_question(text: str) -> None:
    assert asked(text) == []


def test_every_piece_stands_where_it_says() -> None:
    text = "  Hi there! are they acne, and how do I stop it…  ok?  "
    found = pieces(text)
    assert [text[piece.start : piece.end] for piece in found] == [piece.text for piece in found]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("does it hurt / leave marks?", [("does it hurt", "leave marks?")]),
        ("milia causes, treatment", [("milia causes", "treatment")]),
        ("can i leave them. also if they spread", [("can i leave them", "if they spread")]),
        ("I have had these for years and my sister has them and nobody knows what to do about it", []),
        ("are they acne", []),
    ],
)
def test_a_message_is_cut_in_two_where_the_first_half_asks(text: str, parts: list[tuple[str, str]]) -> None:
    assert list(halves(text)) == parts


def test_the_last_place_to_cut_at_comes_first() -> None:
    assert [right for _, right in halves("is it dairy, oil and sugar")] == ["sugar", "oil and sugar"]
