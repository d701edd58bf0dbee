"""A brand is told from everyday words, and is asked about where only its list could answer."""

import pytest

from assistant.files import DATA, read_yaml
from assistant.ingredients import asks_of_brand, check
from assistant.ingredients.brands import names_brand
from assistant.ingredients.lexicon import load_words

BRANDS = read_yaml(DATA / "labels" / "brands.yml")


@pytest.mark.parametrize(
    "text",
    [
        "does CeraVe cause milia",
        "is the ordinary moisturizer ok",
        "check my la roche posay cream",
        "cerave moisturizing cream",
        "what about Kiehl's creamy eye treatment",
        "does Avène Cicalfate give you milia",
        "is dove face wash ok",
        "is Olay bad for milia prone skin",
        "could Simple be the reason",
        "my simple kind to skin moisturiser, is it safe",
    ],
)
def test_a_brand_without_a_label_is_asked_for_its_list(text):
    assert asks_of_brand(text)
    result = check(text)
    assert (result.kind, result.branded) == ("no_list", True)
    assert result.summary == load_words().no_list.strip()


@pytest.mark.parametrize(
    "text",
    [
        "is there a simple way to remove them",
        "Simple question: are they ok",
        "is a simple moisturizer ok",
        "fresh bumps under my eyes, are they bad",
        "is the dove on my window ok",
        "my doctor says it is benign, is that ok",
        "IS A SIMPLE CREAM OK FOR MILIA",
        "are milia an honest reason to worry",
    ],
)
def test_everyday_words_are_no_brands(text):
    assert not names_brand(text)


@pytest.mark.parametrize(
    "text",
    [
        "can you recommend a cerave cream",
        "which cetaphil is best for milia",
        "how do i get rid of milia, i use cerave",
        "where can i buy la roche posay",
        "can neutrogena remove milia",
    ],
)
def test_what_a_list_could_not_answer_is_another_question(text):
    assert names_brand(text)
    assert not asks_of_brand(text)


def test_an_ingredient_beside_a_brand_is_checked_and_the_list_is_asked_for():
    result = check("does Nivea with petrolatum cause milia")
    assert [weighed.ingredient.inci for weighed in result.products[0].known] == ["Petrolatum"]
    assert load_words().product_type["ask"] in result.summary
    assert load_words().product_type["ask"] not in check("does petrolatum cause milia").summary


def test_a_label_with_a_brand_in_its_title_is_read():
    assert check("CeraVe Cream\nIngredients: Aqua, Glycerin, Petrolatum").kind == "label"


def test_enough_brands_are_known_and_none_is_said():
    assert len(BRANDS["brands"]) >= 150
    assert not set(BRANDS["brands"]) & set(BRANDS["everyday"])
