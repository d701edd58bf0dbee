from __future__ import annotations

from typing import Any

import pytest

from actions.action_check_ingredients import ActionCheckIngredients
from assistant import guide, ingredients
from assistant.ingredients import Checked
from tests.actions.action_test_helper import Said, run

LABEL = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol, Glycerin, Lanolin, Phenoxyethanol"
LIGHT = "Ingredients: Aqua, Glycerin, Squalane, Retinol, Glurbium Oxide, Phenoxyethanol"


def checked(said: Said) -> Checked:
    """Return what is remembered of lists after a reply."""
    return Checked.of(said.slots["label"])


def asked_of(labels: tuple[str, ...], ask: str, of: str = "", *more: str) -> Said:
    """Return the reply to a question about lists that were read."""
    slots = {"label": Checked(labels, current=bool(labels)).as_dict(), "topic": "ingredient_check"}
    label = {"asks": [ask, *more], "of": of, "pasted": False, "continues": False}
    return run(ActionCheckIngredients(), "ingredient_check", "a question", slots=slots, label=label)


def test_a_label_is_summed_up_with_the_sources_of_what_was_found() -> None:
    said = run(ActionCheckIngredients(), "ingredient_check", LABEL)
    assert "petrolatum" in said.text.lower()
    assert said.sources
    assert all(set(source) == {"title", "publisher", "url"} for source in said.sources)
    assert said.topics == ["ingredient_check"]


def test_what_can_be_asked_of_the_list_is_offered() -> None:
    choices = run(ActionCheckIngredients(), "ingredient_check", LABEL).choices
    assert list(choices.values()) == [f"label.{ask}|ingredient_check" for ask in ("more", "worst", "instead")]


def test_after_a_question_the_topics_that_come_next_are_offered() -> None:
    following = [f"topic.{topic}|{topic}" for topic in guide.load().topics["ingredient_check"].next]
    assert list(run(ActionCheckIngredients(), "ingredient_check", "is zinc oxide bad").choices.values()) == following


class TestMemory:
    def test_the_text_of_a_list_is_kept(self) -> None:
        assert checked(run(ActionCheckIngredients(), "ingredient_check", LABEL)) == Checked((LABEL,), current=True)

    def test_the_last_two_lists_are_kept(self) -> None:
        slots = {"label": Checked(("first", LABEL)).as_dict()}
        assert checked(run(ActionCheckIngredients(), "ingredient_check", LIGHT, slots=slots)).labels == (LABEL, LIGHT)

    def test_the_rest_of_a_list_joins_it(self) -> None:
        slots = {"label": Checked((LABEL,), current=True).as_dict()}
        label = {"asks": [], "of": "", "pasted": True, "continues": True}
        said = run(ActionCheckIngredients(), "ingredient_check", "the rest: Retinol", slots=slots, label=label)
        assert checked(said).labels == (f"{LABEL}\nRetinol",)
        assert said.text.startswith(ingredients.says_continued())
        assert "of 7" in said.text

    def test_a_wrong_rest_is_read_by_itself(self) -> None:
        slots = {"label": Checked((f"{LABEL}\n{LIGHT}",), current=True, joined_at=len(LABEL) + 1).as_dict()}
        label = {"asks": [], "of": "", "parted": True}
        said = run(ActionCheckIngredients(), "ingredient_check", "that was another product", slots=slots, label=label)
        assert checked(said) == Checked((LABEL, LIGHT), current=True)
        assert said.text == f"{ingredients.says_parted()}\n\n{ingredients.check(LIGHT).summary}"

    def test_a_question_leaves_the_lists_and_is_what_is_spoken_of(self) -> None:
        slots = {"label": Checked((LABEL,), current=True).as_dict()}
        now = checked(run(ActionCheckIngredients(), "ingredient_check", "is retinol ok", slots=slots))
        assert (now.labels, now.question, now.current) == ((LABEL,), "is retinol ok", True)

    def test_what_names_nothing_is_no_result(self) -> None:
        slots = {"label": Checked((LABEL,), current=True).as_dict()}
        said = run(ActionCheckIngredients(), "ingredient_check", "can you check something for me", slots=slots)
        assert checked(said) == Checked((LABEL,), current=False)


class TestAQuestionAboutTheList:
    @pytest.mark.parametrize(
        ("ask", "answer"),
        [
            ("worst", ingredients.follow_ups.worst),
            ("good", ingredients.follow_ups.good),
            ("instead", ingredients.follow_ups.instead),
            ("unknown", ingredients.follow_ups.unknown),
            ("more", ingredients.follow_ups.more),
        ],
    )
    def test_is_answered_from_it(self, ask: str, answer: Any) -> None:
        assert asked_of((LABEL,), ask).text == answer(ingredients.check(LABEL)).text

    def test_may_be_about_the_first_of_two(self) -> None:
        both = (LABEL, LIGHT)
        assert asked_of(both, "worst", "first").text == ingredients.follow_ups.worst(ingredients.check(LABEL)).text
        assert asked_of(both, "worst").text == ingredients.follow_ups.worst(ingredients.check(LIGHT)).text

    def test_compares_two(self) -> None:
        results = [ingredients.check(text) for text in (LABEL, LIGHT)]
        assert asked_of((LABEL, LIGHT), "compare").text == ingredients.follow_ups.compare(results).text

    def test_two_are_answered_together(self) -> None:
        said = asked_of((LABEL,), "worst", "", "good")
        for answer in (ingredients.follow_ups.worst, ingredients.follow_ups.good):
            assert answer(ingredients.check(LABEL)).text in said.text

    def test_is_not_offered_again(self) -> None:
        assert "label.worst|ingredient_check" not in asked_of((LABEL,), "worst").choices.values()

    def test_leaves_the_lists_as_they_are(self) -> None:
        assert checked(asked_of((LABEL,), "worst")) == Checked((LABEL,), current=True)

    def test_without_a_list_asks_for_one(self) -> None:
        assert asked_of((), "worst").text == ingredients.follow_ups.nothing_read().text


def test_the_check_is_remembered_as_the_topic() -> None:
    assert run(ActionCheckIngredients(), "ingredient_check", LABEL).slots["topic"] == "ingredient_check"


def test_a_question_that_names_nothing_to_check_is_told_how_to_paste_a_list() -> None:
    said = run(ActionCheckIngredients(), "ingredient_check", "can you check something for me")
    assert said.text == guide.load().topics["ingredient_check"].answer


def test_a_tapped_choice_is_no_product() -> None:
    title = guide.load().topics["ingredient_check"].title
    said = run(ActionCheckIngredients(), "ingredient_check", title, tapped=True)
    assert said.text == guide.load().topics["ingredient_check"].answer


def test_advice_goes_ahead_of_what_the_label_says() -> None:
    message = f"my eyelid is red hot swollen and full of pus after this. {LABEL}"
    said = run(ActionCheckIngredients(), "ingredient_check", message)
    assert said.urgency == "today"
    assert said.text.lower().rindex("petrolatum") > said.text.index("today")
