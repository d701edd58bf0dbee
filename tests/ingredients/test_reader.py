"""How a pasted label is read."""

import pytest

from assistant.ingredients.lexicon import load_lexicon
from assistant.ingredients.reader import read
from assistant.ingredients.units import mask_tags
from assistant.text import normalise

LEXICON = load_lexicon()


def products(text):
    return read(mask_tags(normalise(text)), LEXICON)


def names(text):
    return [item.as_written for product in products(text) for item in product.items]


@pytest.mark.parametrize(
    "text",
    [
        "Ingredients: Glycerin, Squalane, Lanolin",
        "INGREDIENTS\nGlycerin, Squalane, Lanolin.",
        "Ingredients (INCI): Glycerin; Squalane; Lanolin",
        "Glycerin • Squalane • Lanolin",
        "Glycerin · Squalane · Lanolin",
        "Glycerin\nSqualane\nLanolin",
        "1. Glycerin\n2. Squalane\n3. Lanolin",
        "- Glycerin\n- Squalane\n- Lanolin",
        "Glycerin. Squalane. Lanolin.",
        "Glycerin*, Squalane**, Lanolin *Certified organic",
        "Glycerin, Squalane, and Lanolin",
        "Glycerin (and) Squalane (and) Lanolin",
        "Glycerin [] Squalane [ ] Lanolin",
        "<p>Glycerin,</p> Squalane, <b>Lanolin</b>",
        "Ingredients Glycerin, Squalane, Lanolin",
        "Glycerin, Squalane, Lanolin. Please be aware that ingredient lists may change or vary from time to time.",
        "Glycerin: Draws in water.\nSqualane: Softens the skin.\n\nGlycerin, Squalane, Lanolin",
        "Free from mineral oil, petrolatum and parabens. Glycerin, Squalane, Lanolin",
        "Glycerin, Squalane, Lanolin. Formulated without: Mineral Oil, Retinyl Palmitate, Coal Tar.",
        "Glycerin, Squalane, Lanolin\n\nFree from:\n- Mineral oil\n- Petrolatum",
        "Glycerin, mineral oil-free, Squalane, no petrolatum, Lanolin",
    ],
)
def test_the_same_list_is_found_in_every_dress(text):
    assert names(text) == ["Glycerin", "Squalane", "Lanolin"]


def test_a_comma_inside_a_name_does_not_part_it():
    assert names("Glycerin, 1,2-Hexanediol, Persea Gratissima (Cold-Pressed, Virgin Avocado) Oil, Talc") == [
        "Glycerin",
        "1,2-Hexanediol",
        "Persea Gratissima (Cold-Pressed, Virgin Avocado) Oil",
        "Talc",
    ]


def test_a_bracket_that_never_closes_does_not_swallow_the_list():
    assert names("Water (Aqua, Glycerin, Squalane, Lanolin") == ["Water (Aqua", "Glycerin", "Squalane", "Lanolin"]


def test_percentages_are_kept_beside_the_name():
    (product,) = products("Retinol 0.3%, 10% Glycolic Acid, Zinc Oxide - 9,4 % (non-nano), Glycerin (2%), Squalane")
    assert [(item.as_written, item.percent) for item in product.items] == [
        ("Retinol", 0.3),
        ("Glycolic Acid", 10.0),
        ("Zinc Oxide", 9.4),
        ("Glycerin", 2.0),
        ("Squalane", None),
    ]


def test_actives_and_may_contain_are_kept_apart():
    (product,) = products(
        "Active Ingredients: Zinc Oxide 9%, Homosalate 7%. Inactive Ingredients: Water, Talc. May contain: Mica, Talc"
    )
    assert [item.listed_as for item in product.items] == ["active"] * 2 + ["ingredient"] * 2 + ["may_contain"] * 2


def test_what_stands_before_the_inactive_ingredients_is_active():
    (product,) = products("Octocrylene 9%, Octinoxate 7.5% Inactive Ingredients: Water, Lanolin")
    assert [item.listed_as for item in product.items] == ["active", "active", "ingredient", "ingredient"]


def test_an_active_needs_no_percentage():
    (product,) = products("Active ingredient: Salicylic Acid. Inactive ingredients: Water, Talc")
    assert [item.listed_as for item in product.items] == ["active", "ingredient", "ingredient"]


def test_a_may_contain_bracket_is_opened():
    (product,) = products("Water, Lanolin, Talc, [+/- Iron Oxides (CI 77491, CI 77492), Mica]")
    assert [(item.ingredient.inci, item.listed_as) for item in product.items[3:]] == [
        ("CI 77491", "may_contain"),
        ("Mica", "may_contain"),
    ]


def test_several_products_are_read_one_by_one():
    found = products(
        "Renewing Cleanser:\nWater, Glyceryl Stearate, Sorbitol\n\nFace Cream\nIngredients: Water, Petrolatum, Lanolin"
    )
    assert [(product.title, len(product.items)) for product in found] == [("Renewing Cleanser", 3), ("Face Cream", 3)]


def test_water_again_begins_a_new_list():
    found = products("Water, Glycerin, Talc, Mica, Lanolin, Squalane. Water, Petrolatum, Retinol")
    assert [len(product.items) for product in found] == [6, 3]


def test_water_late_in_a_list_of_lines_begins_no_new_one():
    (product,) = products("Glycerin\nTalc\nMica\nLanolin\nSqualane\nPetrolatum\nBeeswax\nParaffin\nWater")
    assert len(product.items) == 9


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Glycerin, Cetearyl\nAlcohol, Lanolin", "Cetearyl\nAlcohol"),
        ("Glycerin, Talc, Dimethi-\ncone, Lanolin", "Dimethi-\ncone"),
        ("Glycerin, Peg-40, Hydrogenated Castor Oil, Lanolin", "Peg-40, Hydrogenated Castor Oil"),
    ],
)
def test_a_name_broken_in_two_is_one_name(text, whole):
    assert whole in names(text)


def test_a_line_break_before_a_derivative_does_not_leave_its_parent():
    (product,) = products("Water, Glycerin, Dimethicone\nCrosspolymer-3, Lanolin")
    assert "Dimethicone" not in [item.ingredient.inci for item in product.items if item.ingredient]


def test_a_group_of_unknown_name_is_opened():
    assert names("Water, Oil Blend (Coconut Oil, Olive Oil), Talc") == ["Water", "Coconut Oil", "Olive Oil", "Talc"]


def test_unknown_names_are_kept_as_unknown():
    (product,) = products("Water, Glurbium Oxide, Lanolin")
    assert [item.ingredient is None for item in product.items] == [False, True, False]


def test_what_may_be_in_it_belongs_to_the_list_before_it():
    for mark in ("(+/-): ", "[+/- ", "+/-: ", "May-Contain: "):
        (product,) = products(f"Water, Glycerin, Lanolin, {mark}Mica, Carmine")
        assert [item.listed_as for item in product.items] == ["ingredient"] * 3 + ["may_contain"] * 2, mark


def test_contains_stands_over_a_list_and_is_no_part_of_its_first_name():
    assert names("Contains Petrolatum, Lanolin, Beeswax, Glycerin") == ["Petrolatum", "Lanolin", "Beeswax", "Glycerin"]


def test_a_name_with_figures_is_one_name_in_spite_of_its_comma():
    text = "Water, 2-Oleamido-1, 3-Octadecanediol, Diethylhexyl 2, 6-Naphthalate, Talc"
    assert len(names(text)) == 4


def test_what_a_footnote_says_of_the_origin_is_no_name():
    assert names("Water, Lanolin, Linalool (12) *. Vegetable Origin.") == [
        "Water",
        "Lanolin",
        "Linalool (12)",
    ]


def test_a_blurb_beside_a_real_list_is_no_product():
    text = "With niacinamide, retinol, squalane.\n\nWater, Glycerin, Talc, Mica, Lanolin, Petrolatum, Beeswax, Paraffin"
    assert [len(product.items) for product in products(text)] == [8]


@pytest.mark.parametrize("head", ["İNGREDİENTS", "ıngredients", "ingredientſ", "INGRÉDIENTS"])
def test_a_head_in_other_letters_of_the_same_look_is_a_head(head):
    (product,) = read(f"Night Cream {head}: Water, Lanolin", LEXICON)
    assert [item.ingredient.inci for item in product.items] == ["Aqua", "Lanolin"]


def test_a_name_may_stand_right_behind_the_percentage_of_the_one_before():
    (product,) = products("Petrolatum 40%Beeswax, Zinc Oxide 2.8%Water, Lanolin 5%w/w, Talc")
    assert [(item.as_written, item.percent) for item in product.items] == [
        ("Petrolatum", 40.0),
        ("Beeswax", None),
        ("Zinc Oxide", 2.8),
        ("Water", None),
        ("Lanolin", 5.0),
        ("Talc", None),
    ]


@pytest.mark.parametrize("before", ["it says: ", 'it says: "', "on the jar: "])
def test_contains_stands_over_a_list_behind_a_colon_too(before):
    assert names(f"{before}contains petrolatum, lanolin, glycerin") == ["petrolatum", "lanolin", "glycerin"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Glycerin, Lanolin.Squalane.Talc", ["Glycerin", "Lanolin", "Squalane", "Talc"]),
        (
            "Glycerin.Maris Sal/Sea Salt.Glurbium Oxide .Talc",
            ["Glycerin", "Maris Sal/Sea Salt", "Glurbium Oxide", "Talc"],
        ),
        ("Glycerin, St.John's Wort, Talc", ["Glycerin", "St.John's Wort", "Talc"]),
        ("Glycerin, Glurbium spp.Extract, Talc", ["Glycerin", "Glurbium spp.Extract", "Talc"]),
        ("Glycerin, Foo.bar.baz, Talc", ["Glycerin", "Foo.bar.baz", "Talc"]),
    ],
)
def test_a_full_stop_without_a_space_parts_names(text, parts):
    assert names(text) == parts


@pytest.mark.parametrize("gap", ["\n", ". "])
def test_products_headed_with_a_dash_are_read_one_by_one(gap):
    found = products(f"Cream A - Aqua, Squalane, Glycerin{gap}Cream B - Aqua, Lanolin, Petrolatum, Talc")
    assert [(product.title, len(product.items)) for product in found] == [("Cream A", 3), ("Cream B", 4)]


@pytest.mark.parametrize("text", ["Squalane - Lanolin, Glycerin, Talc", "Glurbium - Squalane - Lanolin, Talc, Mica"])
def test_a_dash_between_names_heads_nothing(text):
    (product,) = products(text)
    assert (product.title, len(product.items)) == ("", text.count(",") + text.count(" - ") + 1)


def test_a_head_that_a_camera_misread_is_a_head():
    (product,) = products("lNGREDlENTS: AQUA, PETR0LATUM")
    assert [item.ingredient.inci for item in product.items] == ["Aqua", "Petrolatum"]
