from __future__ import annotations

import pytest

from assistant.ingredients import ASKS, Checked
from assistant.turn.labels import OfLabel, asked, pasted, tapped

CREAM = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol, Glycerin, Lanolin, Phenoxyethanol"
SERUM = "Ingredients: Aqua, Glycerin, Squalane, Retinol, Panthenol, Phenoxyethanol"
ONE = Checked((CREAM,), current=True)
TWO = Checked((CREAM, SERUM), current=True)
QUESTIONS = {
    "worst": [
        "which of those is the worst?",
        "whats the worst one",
        "ok and which would you say is most likely giving me the bumps",
        "which one should i worry about most",
        "so what's the main culprit here?",
        "What is the biggest problem in that list",
    ],
    "good": [
        "and is there anything good in it?",
        "anything good?",
        "is any of it actually helpful",
        "does it have anything that helps prevent milia in it",
        "what's good about it",
        "any upsides",
    ],
    "instead": [
        "what can I use instead?",
        "what should i use then, what can i use",
        "any alternatives?",
        "can you suggest something lighter",
        "what do i swap it for, a replacement?",
        "so what should I buy",
    ],
    "unknown": [
        "which ones didn't you know",
        "which names did you not recognise?",
        "what couldnt you read",
        "which one was the unknown one",
        "any you don't know in there?",
    ],
    "verdict": ["so is it ok or not?", "can i still use it", "anything bad in it?", "which ones are bad"],
    "more": ["tell me more", "more details please", "can you go through them one by one", "explain each one"],
    "compare": ["compare them", "how does it compare with the first", "what's the difference between them"],
}


@pytest.mark.parametrize(("ask", "text"), [(ask, text) for ask, texts in QUESTIONS.items() for text in texts])
def test_a_question_about_the_last_list_is_told_by_its_words(ask: str, text: str) -> None:
    found = asked(text, [], ONE)
    assert found is not None
    assert (found.asks, found.rest, found.pasted) == ((ask,), "", False)


@pytest.mark.parametrize(
    "text", ["which of the two is better", "is this one better than the first", "which should i keep", "are both worse"]
)
def test_with_two_lists_better_means_to_compare_them(text: str) -> None:
    found = asked(text, [], TWO)
    assert found is not None
    assert found.asks == ("compare",)


@pytest.mark.parametrize(
    "text",
    [
        "how long do milia last",
        "what can i use to get rid of them",
        "what's the worst that can happen",
        "is there anything good for removing milia",
        "how do they come back",
        "should i see a doctor instead",
        "thanks, that was good",
        "ok",
        "do they hurt",
    ],
)
def test_another_question_is_none_about_the_list(text: str) -> None:
    assert asked(text, [], TWO) is None


@pytest.mark.parametrize("name", ["treatment", "condition", "audience", "ingredient", "service", "symptom"])
def test_what_names_something_else_is_about_that(name: str) -> None:
    text = "what can i use instead of this thing"
    entity = {"entity": name, "value": "x", "start": text.index("thing"), "end": len(text), "negated": False}
    assert asked(text, [entity], ONE) is None
    assert asked(text, [{**entity, "entity": "body_area"}], ONE) is not None


def test_without_a_list_nothing_is_asked_about_one() -> None:
    assert asked("which of those is the worst?", [], Checked()) is None


def test_after_something_else_was_answered_the_list_must_be_named() -> None:
    assert asked("which is the worst", [], ONE.aside()) is None
    assert asked("which was the worst on that list", [], ONE.aside()) == OfLabel(("worst",))


@pytest.mark.parametrize(
    ("text", "of"),
    [("what was the worst in the first one", "first"), ("the worst in the second one?", "last"), ("the worst?", "")],
)
def test_one_of_two_lists_can_be_meant(text: str, of: str) -> None:
    found = asked(text, [], TWO)
    assert found is not None
    assert found.of == of


def test_two_questions_about_the_list_are_both_found() -> None:
    assert asked("Which is the worst? And what can I use instead?", [], ONE) == OfLabel(("worst", "instead"))


def test_what_else_is_asked_is_left_to_be_read() -> None:
    found = asked("Which is the worst? And how long do milia last?", [], ONE)
    assert found == OfLabel(("worst",), rest="And how long do milia last?")


class TestPasted:
    def test_a_list_is_read(self) -> None:
        assert pasted(CREAM, Checked()) == OfLabel(pasted=True)

    def test_a_question_is_no_list(self) -> None:
        assert pasted("which of those is the worst?", ONE) is None

    def test_the_rest_of_the_last_list_is_told(self) -> None:
        assert pasted("here is the rest: Lanolin, Squalane", ONE) == OfLabel(pasted=True, continues=True)

    def test_the_rest_of_nothing_is_no_rest(self) -> None:
        assert pasted("here is the rest: Lanolin, Squalane", ONE.aside()) != OfLabel(pasted=True, continues=True)

    def test_a_second_list_may_be_pasted_to_be_compared(self) -> None:
        text = SERUM.replace("Ingredients", "compare it with this one")
        listed = SERUM.removeprefix("Ingredients:").strip()
        assert pasted(text, ONE) == OfLabel(("compare",), pasted=True, listed=listed)
        assert pasted(text, Checked()) == OfLabel(pasted=True)


class TestParted:
    JOINED = Checked((f"{CREAM}\nLanolin, Squalane",), current=True, joined_at=len(CREAM) + 1)

    @pytest.mark.parametrize(
        "text",
        [
            "that was another product",
            "no, that's a different one",
            "No that is a different cream",
            "sorry, the last one was from another product",
            "these are two different products",
            "that's not the rest of it",
            "they don't belong together",
        ],
    )
    def test_a_wrong_join_is_taken_apart(self, text: str) -> None:
        assert asked(text, [], self.JOINED) == OfLabel(parted=True)
        assert asked(text, [], ONE) != OfLabel(parted=True)

    def test_what_else_is_asked_is_asked_of_the_new_list(self) -> None:
        text = "No, that's a different one. Which is the worst?"
        assert asked(text, [], self.JOINED) == OfLabel(("worst",), parted=True)

    @pytest.mark.parametrize(
        "text", ["is another product better?", "what else can i use instead", "which one is worst"]
    )
    def test_a_question_about_another_product_parts_nothing(self, text: str) -> None:
        found = asked(text, [], self.JOINED)
        assert found is None or not found.parted


def test_a_tapped_choice_asks_what_it_is_named_after() -> None:
    for ask in ASKS:
        assert tapped(f"label.{ask}") == OfLabel((ask,))
    assert tapped("label.nothing") is None
    assert tapped("topic.duration") is None


class TestWhatIsNamed:
    @pytest.mark.parametrize("text", ["does CeraVe cause milia", "gel or cream", "is squalane better than lanolin"])
    def test_is_looked_up_with_or_without_a_list(self, text: str) -> None:
        assert asked(text, [], Checked()) == asked(text, [], ONE) == OfLabel()

    def test_with_an_audience_a_brand_is_still_no_list_but_a_comparison_is_the_guides(self) -> None:
        baby = {"entity": "audience", "value": "baby", "start": 0, "end": 4, "negated": False}
        assert asked("baby is cetaphil ok", [baby], Checked()) == OfLabel()
        assert asked("baby: squalane or lanolin", [baby], Checked()) is None

    def test_a_home_remedy_that_is_an_ingredient_is_compared(self) -> None:
        text = "is castor oil better than lanolin"
        entity = {"entity": "treatment", "value": "castor_oil", "start": 3, "end": 13, "negated": False}
        assert asked(text, [entity], Checked()) == OfLabel()

    @pytest.mark.parametrize("text", ["should i put serum or moisturizer on first", "can i mix lanolin or squalane"])
    def test_an_order_or_a_mixture_is_no_comparison(self, text: str) -> None:
        assert asked(text, [], Checked()) is None

    def test_a_brand_in_the_story_of_another_question_is_not_asked_about(self) -> None:
        assert asked("I love CeraVe. How do i get rid of milia?", [], Checked()) is None


def test_another_kind_of_product_to_use_instead_is_the_guides() -> None:
    sunscreen = {"entity": "product_type", "value": "sunscreen", "start": 13, "end": 22, "negated": False}
    cream = {"entity": "product_type", "value": "moisturizer", "start": 31, "end": 41, "negated": False}
    assert asked("should i use sunscreen instead", [sunscreen], ONE) is None
    assert asked("what can i use instead of this face cream", [cream], ONE) == OfLabel(("instead",))
