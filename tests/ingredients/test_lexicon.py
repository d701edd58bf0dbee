"""What the lexicon knows: how much of a label, what people call things, and which near names it keeps apart."""

import pytest

from assistant.ingredients.lexicon import inci, load_lexicon
from assistant.ingredients.mentions import find_ingredients, find_product_types
from assistant.ingredients.names import key
from assistant.ingredients.recognise import recognise

LEXICON = load_lexicon()


def named(text):
    return [(item.ingredient.inci, item.exact) for item in recognise(text, LEXICON)]


def test_the_lexicon_is_wide_enough_for_an_everyday_label():
    assert len(LEXICON.ingredients) >= 950
    assert len({key(item.inci) for item in LEXICON.ingredients}) == len(LEXICON.ingredients)


def test_every_name_of_an_ingredient_finds_it_on_a_label():
    for item in LEXICON.ingredients:
        for name in (item.inci, *item.synonyms):
            assert {found for found, _ in named(name)} == {item.inci}, name


def test_what_is_neutral_without_a_rating_claims_no_source_of_its_own():
    for item in LEXICON.ingredients:
        if item.relation == "neutral" and item.grade == "N":
            assert item.sources == [], item.inci


def test_a_rating_on_which_the_lists_differ_by_two_points_or_more_is_marked_and_has_more_than_one_origin():
    # Zea Mays Starch is rated 2 to 4 within one list, which its note says.
    for item in LEXICON.ingredients:
        rating = item.comedogenicity
        if rating and rating.min is not None and rating.max is not None:
            assert rating.disputed == (rating.max - rating.min >= 2), item.inci
            if rating.min != rating.max and item.inci != "Zea Mays Starch":
                assert len(rating.origins) > 1, item.inci


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Camellia Sinensis (Green Tea) Leaf Extract", "Camellia Sinensis Leaf Extract"),
        ("Citrus Aurantium Dulcis (Orange) Peel Oil", "Citrus Aurantium Dulcis Peel Oil"),
        ("Yellow 5 (CI 19140)", "CI 19140"),
        ("CI 42090/Blue 1", "CI 42090"),
        ("Yeast Extract/Faex/Extrait De Levure", "Yeast Extract"),
        ("Maris Aqua (Sea Water)", "Maris Aqua"),
        ("Acrylates/C10-30 Alkyl Acrylate Crosspolymer", "Acrylates/C10-30 Alkyl Acrylate Crosspolymer"),
        ("Caprylyl Glycol", "Caprylyl Glycol"),
        ("Tinosorb S", "Bis-Ethylhexyloxyphenol Methoxyphenyl Triazine"),
    ],
)
def test_the_common_names_of_a_label_are_known(written, name):
    assert named(written) == [(name, True)]


@pytest.mark.parametrize(
    "other",
    [
        "Citronellal",
        "Geranial",
        "Farnesal",
        "Hydroxycitronellol",
        "Glutaric Acid",
        "Thiolactic Acid",
        "Sodium Sulfide",
        "Sodium Glucuronate",
        "Hydrolyzed Whey Protein",
        "Cellulase",
        "Sorbitan Palmate",
        "Trimethoxycaprylylsilane",
        "PCA Dimethicone",
        "Glyceryl Behenate/Eicosadioate",
    ],
)
def test_a_substance_with_a_name_near_another_is_itself(other):
    assert named(other) == [(other, True)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("vit c", "Ascorbic Acid"),
        ("Vitamin C", "Ascorbic Acid"),
        ("vit a", "Retinol"),
        ("vit e", "Tocopherol"),
        ("vit b3", "Niacinamide"),
        ("niacin", "Niacin"),
        ("salicylic", "Salicylic Acid"),
        ("lactic", "Lactic Acid"),
        ("azelaic", "Azelaic Acid"),
        ("mandelic", "Mandelic Acid"),
        ("glycolic", "Glycolic Acid"),
        ("kojic", "Kojic Acid"),
        ("hyaluronic", "Hyaluronic Acid"),
        ("ceramides", "Ceramide NP"),
        ("peptides", "Palmitoyl Tripeptide-1"),
        ("parabens", "Methylparaben"),
        ("sulphates", "Sodium Laureth Sulfate"),
        ("PHA", "Gluconolactone"),
        ("tret", "Tretinoin"),
        ("adap", "Adapalene"),
        ("BP", "Benzoyl Peroxide"),
        ("slugging", "Petrolatum"),
        ("snail mucin", "Snail Secretion Filtrate"),
    ],
)
def test_what_people_say_for_short_is_understood(said, name):
    assert inci(said) == name
    assert [mention.ingredient.inci for mention in find_ingredients(f"is {said} ok for milia", LEXICON)] == [name]


def test_what_people_say_for_short_names_nothing_else_on_a_label():
    # "BHA" is an antioxidant on a label and salicylic acid in a question.
    for said, item in {**LEXICON.asked, **LEXICON.groups}.items():
        assert said == "bha" or LEXICON.by_key.get(said) in (None, item), said


def test_no_word_is_said_for_two_ingredients():
    said = [key(name) for item in LEXICON.ingredients for name in item.asked_as]
    said += [key(name) for item in LEXICON.ingredients if item.group for name in item.group.asked_as]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("text", ["are they creating more bumps", "my glue is bad", "is it a saline rinse"])
def test_an_everyday_word_is_no_slip_for_an_ingredient(text):
    assert find_ingredients(text, LEXICON) == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("eye cream", "eye_cream"),
        ("balm", "balm"),
        ("face oil", "facial_oil"),
        ("rosehip face oil", "facial_oil"),
        ("facial oil", "facial_oil"),
        ("ointment", "ointment"),
        ("mineral sunscreen", "sunscreen"),
        ("foundation", "foundation"),
        ("concealer", "concealer"),
        ("cleansing balm", "cleansing_balm"),
        ("cleansing oil", "cleansing_balm"),
        ("night cream", "moisturizer"),
        ("sheet mask", "mask"),
        ("lip balm", "lip_balm"),
        ("micellar water", "makeup_remover"),
    ],
)
def test_the_kinds_of_product_are_known_by_what_people_call_them(said, kind):
    assert [product.id for product in find_product_types(f"is a {said} ok", LEXICON)] == [kind]
