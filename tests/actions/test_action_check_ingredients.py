from __future__ import annotations

from actions.action_check_ingredients import ActionCheckIngredients
from assistant import guide
from tests.actions.action_test_helper import run

LABEL = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol, Glycerin, Lanolin, Phenoxyethanol"


def test_a_label_is_summed_up_with_the_sources_of_what_was_found() -> None:
    said = run(ActionCheckIngredients(), "ingredient_check", LABEL)
    assert "petrolatum" in said.text.lower()
    assert said.sources
    assert all(set(source) == {"title", "publisher", "url"} for source in said.sources)
    assert said.topics == ["ingredient_check"]


def test_what_can_be_asked_next_is_offered() -> None:
    said = run(ActionCheckIngredients(), "ingredient_check", LABEL)
    assert list(said.choices.values()) == [f"topic.{t}|{t}" for t in guide.load().topics["ingredient_check"].next]


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
