"""What a question is about."""

import pytest

from assistant.ingredients.lexicon import load_lexicon
from assistant.ingredients.mentions import find_ingredients, find_product_types

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("text", "incis"),
    [
        ("is vaseline ok for milia", ["Petrolatum"]),
        ("Is squalane better than mineral oil?", ["Squalane", "Paraffinum Liquidum"]),
        ("does silicone cause milia", ["Dimethicone"]),
        ("is BHA good", ["Salicylic Acid"]),
        ("can steroid cream cause these", ["Hydrocortisone"]),
        ("does hydrogenated castor oil clog", ["Hydrogenated Castor Oil"]),
        ("what about dimethicone crosspolymer-3 esters", []),
        ("is retinol palmitate ok", ["Retinyl Palmitate"]),
        ("my cream has no mineral oil, is it ok", []),
        ("is a lanolin-free balm better", []),
        ("is a lanolin free balm better", []),
        ("are my retinas ok", []),
        ("free of petrolatum. But it has beeswax", ["Cera Alba"]),
        ("it has no mineral oil but lanolin", ["Lanolin"]),
        ("It has no lanolin. Without petrolatum; beeswax is in it", ["Cera Alba"]),
        ("can i wash with water", []),
        ("is petrolatem bad", ["Petrolatum"]),
        ("do milia go away", []),
        ("vaseline, petroleum jelly or petrolatum?", ["Petrolatum"]),
    ],
)
def test_the_ingredients_of_a_question_are_found(text, incis):
    assert [mention.ingredient.inci for mention in find_ingredients(text, LEXICON)] == incis


def test_a_mention_says_where_it_stands():
    (mention,) = find_ingredients("is shea butter bad", LEXICON)
    assert (mention.start, mention.end) == (3, 14)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("does my cleansing balm cause milia", ["cleansing_balm"]),
        ("does my eye cream or my sunscreen cause it", ["eye_cream", "sunscreen"]),
        ("does CeraVe cause milia", []),
    ],
)
def test_the_kinds_of_product_are_found(text, types):
    assert [product.id for product in find_product_types(text, LEXICON)] == types


@pytest.mark.parametrize(
    ("text", "incis"),
    [
        ("this cream contains no lanolin", []),
        ("theres no coconut oil and no lanolin in it", []),
        ('it says "no petrolatum, no mineral oil" but has beeswax', ["Cera Alba"]),
        ("ohne Lanolin, mit Sheabutter", ["Butyrospermum Parkii Butter"]),
        ("i have no idea if lanolin is bad", ["Lanolin"]),
        ("there is no proof that lanolin is bad", ["Lanolin"]),
    ],
)
def test_what_a_text_says_it_lacks_is_not_named_and_what_it_has_no_idea_of_is(text, incis):
    assert [mention.ingredient.inci for mention in find_ingredients(text, LEXICON)] == incis


@pytest.mark.parametrize(
    ("text", "inci"),
    [
        ("is minerl oil bad", "Paraffinum Liquidum"),
        ("my shae butter", "Butyrospermum Parkii Butter"),
        ("caster oil on lashes", "Ricinus Communis Seed Oil"),
        ("manteca de karité", "Butyrospermum Parkii Butter"),
        ("vaselina o petrolato", "Petrolatum"),
        ("Mineralöl", "Paraffinum Liquidum"),
        ("acide laurique", "Lauric Acid"),
    ],
)
def test_slips_of_short_words_and_other_languages_are_understood(text, inci):
    assert [mention.ingredient.inci for mention in find_ingredients(text, LEXICON)] == [inci]


def test_rosehip_beside_another_name_is_named_too():
    assert len(find_ingredients("how about almond oil and rosehip", LEXICON)) == 2


@pytest.mark.parametrize(
    ("text", "incis"),
    [
        ("lanolin cera alba", ["Lanolin", "Cera Alba"]),
        ("glycerin lanolin cera alba squalane", ["Glycerin", "Lanolin", "Cera Alba", "Squalane"]),
        ("lanolin, cera alba and squalane", ["Lanolin", "Cera Alba", "Squalane"]),
        ("is lanolin cera ok", ["Lanolin Cera"]),
        ("is lanolin cera. alba", ["Lanolin Cera"]),
        ("lanolin cera squalane", ["Lanolin Cera", "Squalane"]),
        ("shea butter coconut oil", ["Butyrospermum Parkii Butter", "Cocos Nucifera Oil"]),
    ],
)
def test_a_longer_name_does_not_take_a_word_of_the_next(text, incis):
    assert [mention.ingredient.inci for mention in find_ingredients(text, LEXICON)] == incis


@pytest.mark.parametrize(
    ("text", "incis"),
    [
        ("is m1neral o1l bad", ["Paraffinum Liquidum"]),
        ("PETR0LATUM and squa1ane", ["Petrolatum", "Squalane"]),
        ("is 0live oil ok", ["Olea Europaea Fruit Oil"]),
        ("my sis has milia", []),
    ],
)
def test_what_a_camera_misread_is_understood_in_a_question(text, incis):
    found = find_ingredients(text, LEXICON)
    assert [mention.ingredient.inci for mention in found] == incis
    assert not any(mention.exact for mention in found)


@pytest.mark.parametrize(
    ("text", "incis"),
    [
        ("no lanolin, no petrolatum, just squalane", ["Squalane"]),
        ("no lanolin or beeswax, squalane only", ["Squalane"]),
        ("oh no, lanolin is in it", ["Lanolin"]),
        ("or lanolin", ["Lanolin"]),
        ("no. lanolin?", ["Lanolin"]),
    ],
)
def test_a_no_right_before_a_name_says_that_it_is_lacking(text, incis):
    assert [mention.ingredient.inci for mention in find_ingredients(text, LEXICON)] == incis
