"""What the best ingredient check does, feature by feature, on labels made up for the purpose."""

import pytest

from assistant.ingredients import check
from assistant.ingredients.lexicon import load_words

WORDS = load_words()


def products(text):
    return check(text).as_dict()["products"]


def incis(text):
    return [item["inci"] for product in products(text) for item in product["ingredients"]]


LIST = "Water, Glycerin, Lanolin, Squalane"
FOUND = ["Aqua", "Glycerin", "Lanolin", "Squalane"]


@pytest.mark.parametrize(
    "text",
    [
        f"A cream for dry skin that we all love.\n\nIngredients: {LIST}. Store below 25 degrees. Made in Norway.",
        f"- Shea Butter: Wraps the skin in comfort.\n- Retinol: Helps the skin look smooth.\n\n{LIST}.",
        f"-Petrolatum: Seals in water for hours. {LIST}.",
        f"Key Ingredients: Petrolatum, Retinol.\n\nFull ingredients: {LIST}",
        "Highlighted Ingredients: -Shea Butter: Gives comfort. -Retinol: Smooths the skin. Water, Glycerin, Lanolin, "
        "Squalane, Talc, Silica, Mica, Kaolin.",
        f"{LIST}. Please check the pack, because lists may change.",
        f"{LIST}\n\nWe leave these out:\nMade without:\n\nMineral Oil, Petrolatum, Retinyl Palmitate",
        f"{LIST}. Clean at our shop means formulated without: Mineral Oil, Petrolatum, Retinyl Palmitate",
        f"Free from mineral oil and petrolatum. {LIST}",
    ],
)
def test_1_the_list_is_found_and_prose_and_what_is_left_out_are_not(text):
    assert incis(text)[:4] == FOUND
    assert not {"Petrolatum", "Paraffinum Liquidum", "Retinol", "Retinyl Palmitate"}.intersection(incis(text))


@pytest.mark.parametrize(
    "text",
    [
        "-Shea Butter: Melts into the lips and gives comfort.\n-Retinol: Helps the skin look smooth.",
        "-Coconut Oil: Gives a soft feel to the skin. -Squalane: Keeps the skin soft and calm.",
        "<p>-Lanolin: Gives a soft feel.</p><p>-Petrolatum: Seals in the water.</p>",
    ],
)
def test_1_where_there_is_no_list_it_says_so(text):
    result = check(text)
    assert (result.kind, result.products) == ("no_list", ())
    assert result.summary == WORDS.no_list_blurb.strip()


def test_1_one_name_after_a_blurb_is_a_list():
    text = "- Pure Castor Oil: A rich oil for hair and brows.\n\nOrganic Ricinus Communis (Castor) Seed Oil."
    assert incis(text) == ["Ricinus Communis Seed Oil"]


def test_2_several_products_are_told_apart():
    text = f"Foam Wash:\nWater, Sorbitol, Lactic Acid\n\nNight Balm:\nPetrolatum, Beeswax, Talc\n\nEye Gel: {LIST}"
    found = products(text)
    assert [product["title"] for product in found] == ["Foam Wash", "Night Balm", "Eye Gel"]
    assert [len(product["ingredients"]) for product in found] == [3, 3, 4]


def test_2_a_short_list_with_a_title_and_a_percentage_is_a_product():
    text = f"Spot Dots: Salicylic Acid 0.5%, Lactic Acid, Retinol. Night Cream: {LIST}, Talc, Silica, Mica, Kaolin"
    assert [product["title"] for product in products(text)] == ["Spot Dots", "Night Cream"]


@pytest.mark.parametrize(
    "sign",
    [", ", ",", "; ", " • ", "•", " · ", "\n", " | ", ". ", " - ", " (and) ", ",\n", " , ", "\t", "\n- ", "\n* "],
)
def test_3_every_separator_parts_names(sign):
    assert incis("Ingredients: " + sign.join(LIST.split(", "))) == FOUND


def test_3_signs_within_names_and_numbers_do_not():
    text = "Water, 1,2-Hexanediol, 1, 2-Hexanediol, C12-15 Alkyl Benzoate, Sodium C14•16 Olefin Sulfonate, Lanolin 0,5%"
    (product,) = products(text)
    assert product["ingredients"][-1]["total"] == 6
    assert product["ingredients"][-1]["percent"] == 0.5


def test_3_figures_with_a_space_after_the_comma_are_one_name():
    (product,) = products("Water, Glycerin, 1, 2-Hexanediol, Lanolin")
    assert product["ingredients"][-1]["total"] == 4


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Cera Alba/Beeswax/Cire d'Abeille", ["Cera Alba"]),
        ("Glycine Soja/Soybean Oil", ["Glycine Soja Oil"]),
        ("Microcristallina Cera/Microcrystalline Wax/Cire Microcrystalline", ["Cera Microcristallina"]),
        ("Mineral Oil\\Paraffinum Liquidum\\Huile Minerale", ["Paraffinum Liquidum"]),
        ("Caprylic/Capric Triglyceride", ["Caprylic/Capric Triglyceride"]),
        ("Lanolin / Petrolatum", ["Lanolin", "Petrolatum"]),
    ],
)
def test_4_the_slash_has_three_meanings(written, found):
    assert incis(f"Water, {written}, Talc") == ["Aqua", *found, "Talc"]


@pytest.mark.parametrize("written", ["Lactic Acid/Glycolic Acid Copolymer", "Castor Oil/IPDI Copolymer"])
def test_4_a_slash_that_joins_gives_neither_half(written):
    assert not {"Lactic Acid", "Glycolic Acid", "Ricinus Communis Seed Oil"}.intersection(
        incis(f"Water, {written}, Talc")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Water (Aqua, Glycerin, Lanolin, Squalane",
        "Water, Glycerin), Lanolin, Squalane",
        "[Water, (Glycerin, Lanolin}, Squalane",
    ],
)
def test_5_a_bracket_without_a_partner_swallows_nothing(text):
    assert {"Glycerin", "Lanolin", "Squalane"} <= set(incis(text))


def test_6_actives_keep_their_percentage_and_may_contain_is_marked():
    text = "Active: Petrolatum 40.2%, Salicylic Acid 2% Inactive: Water, Lanolin. +/- may contain: Mica, Talc"
    (product,) = products(text)
    assert [(item["inci"], item["percent"], item["listed_as"]) for item in product["ingredients"]] == [
        ("Petrolatum", 40.2, "active"),
        ("Salicylic Acid", 2.0, "active"),
        ("Aqua", None, "ingredient"),
        ("Lanolin", None, "ingredient"),
        ("Mica", None, "may_contain"),
        ("Talc", None, "may_contain"),
    ]


def test_6_an_active_over_the_list_without_a_heading_is_kept():
    text = "-Salicylic Acid 2%\n\nWater, Glycerin, Lanolin, Squalane, Talc, Silica, Mica, Kaolin"
    (product,) = products(text)
    assert [(item["inci"], item["listed_as"]) for item in product["ingredients"][:2]] == [
        ("Salicylic Acid", "active"),
        ("Aqua", "ingredient"),
    ]


def test_6_a_percentage_with_no_comma_behind_it_ends_a_name():
    text = "-Octinoxate 7.5% -Petrolatum 40.2% Beeswax, Talc, Lanolin, Squalane"
    assert incis(text)[1:] == ["Petrolatum", "Cera Alba", "Talc", "Lanolin", "Squalane"]


@pytest.mark.parametrize(
    ("names", "inci"),
    [
        (["Petrolatum", "Vaseline", "Petroleum Jelly", "Soft Paraffin"], "Petrolatum"),
        (["Mineral Oil", "Paraffinum Liquidum", "Huile Minérale", "Liquid Paraffin"], "Paraffinum Liquidum"),
        (["Beeswax", "Cera Alba", "Cire d'abeille"], "Cera Alba"),
        (["Tretinoin", "Retin-A"], "Tretinoin"),
        (
            ["Shea Butter", "Butyrospermum Parkii (Shea) Butter", "Karite", "Beurre de Karité"],
            "Butyrospermum Parkii Butter",
        ),
    ],
)
def test_7_each_name_of_a_thing_is_known(names, inci):
    for name in names:
        assert inci in incis(f"Water, {name}, Glycerin, Talc"), name


def test_8_a_slip_of_the_pen_is_read_and_shown():
    (product,) = products("Water, Isopropyl Palmiate, Glycerin, Talc")
    assert [(item["inci"], item["read_as"]) for item in product["ingredients"]][:2] == [
        ("Aqua", None),
        ("Isopropyl Palmitate", "isopropyl palmitate"),
    ]
    assert 'I read "Isopropyl Palmiate" as isopropyl palmitate.' in check("Water, Isopropyl Palmiate, Talc").summary


def test_8_a_slip_never_crosses_to_another_thing():
    assert incis("Water, Squalene, Retinal, Glycerin, Lauric Acid") == [
        "Aqua",
        "Squalene",
        "Retinal",
        "Glycerin",
        "Lauric Acid",
    ]


def test_8_what_a_camera_misread_is_shown_as_read_so():
    text = "Ingredients: Aqua, G1ycerin, PETR0LATUM, Step 01 Talc"
    (product,) = products(text)
    assert [item["read_as"] for item in product["ingredients"]] == [None, "glycerin", "petrolatum"]
    assert 'I read "PETR0LATUM" as petrolatum.' in check("Ingredients: Aqua, PETR0LATUM, Talc").summary


def test_9_broken_and_glued_names_are_put_together():
    text = "Water, Gly- cerin, Petro-\nlatum, SodiumHyaluronate, Hydrogenated Vegetableoil, Talc"
    assert incis(text) == [
        *("Aqua", "Glycerin", "Petrolatum", "Sodium Hyaluronate", "Hydrogenated Vegetable Oil", "Talc")
    ]


@pytest.mark.parametrize(
    "written",
    [
        "PEG-40 Hydrogenated Castor Oil",
        "Capryloyl Salicylic Acid",
        "Butyloctyl Salicylate",
        "PEG-8 Beeswax",
        "Shea Butter Ethyl Esters",
        "Shea Butter, Ethyl Esters",
        "Butyrospermum Parkii (Shea) Butter Extract",
        "Hydrolyzed Sodium, Hyaluronate",
        "Dimethicone Crosspolymer",
        "Dimethicone, Crosspolymer",
        "Candelilla/Jojoba/Rice Bran Polyglyceryl-3 Esters",
        "Hypnea Musciformis (Algae) Extract",
        "Cocos Nucifera (Coconut) Fruit Extract",
        "Cacao Extract",
    ],
)
def test_10_what_is_made_from_a_thing_is_not_that_thing(written):
    parents = {"Ricinus Communis Seed Oil", "Salicylic Acid", "Cera Alba", "Butyrospermum Parkii Butter", "Dimethicone"}
    parents |= {"Sodium Hyaluronate", "Euphorbia Cerifera Cera", "Algae Extract", "Cocos Nucifera Oil", "Algin"}
    assert not parents.intersection(incis(f"Water, Glycerin, {written}, Talc, Silica"))


def test_10_a_stray_comma_before_a_whole_name_parts_two_names():
    assert incis("Water, Squalane, Polyglyceryl-3 Diisostearate, Talc")[1:3] == [
        "Squalane",
        "Polyglyceryl-3 Diisostearate",
    ]


def test_11_linked_preventive_lighter_and_unknown_names_are_all_told():
    summary = check("Water, Petrolatum, Retinol, Squalane, Glurbium Oxide").summary
    assert all(f"**{name}**" in summary for name in ("petrolatum", "retinol", "squalane"))
    assert "I did not know one of the 5 names." in summary
    assert products("Water, Petrolatum, Talc, Glurbium Oxide")[0]["unrecognised"] == ["Glurbium Oxide"]


def test_12_the_evidence_and_where_ratings_disagree_are_said_and_no_number_stands_alone():
    result = check("is petrolatum ok for milia")
    assert WORDS.grades["Gc"] in result.summary
    assert WORDS.ingredient["disagree"].format(min=0, max=5) in result.summary
    assert [item["sources_disagree"] for item in products("Water, Petrolatum, Glycerin")[0]["ingredients"]] == [
        *(False, True, False)
    ]


def test_13_none_found_is_never_a_promise():
    summary = check("Water, Glycerin, Citric Acid, Xanthan Gum").summary
    assert summary.startswith(WORDS.label.none)
    assert WORDS.caveat in summary


def test_14_the_place_is_said_but_not_for_actives():
    assert "**petrolatum** (2nd of 4)" in check("Water, Petrolatum, Glycerin, Talc").summary
    assert "**petrolatum**." in check("Active: Petrolatum 40% Inactive: Water, Glycerin, Talc").summary


def test_14_the_place_counts_unknown_names_and_each_part_on_its_own():
    (product,) = products("Active: Salicylic Acid 2%. Inactive: Water, Glurbium Oxide, Petrolatum. May contain: Mica")
    assert [(item["position"], item["total"]) for item in product["ingredients"]] == [(1, 1), (1, 3), (3, 3), (1, 1)]


@pytest.mark.parametrize(
    ("text", "contexts"),
    [
        ("Foam Cleanser\nIngredients: Water, Petrolatum, Talc", ["rinse_off"]),
        ("Cleansing Balm: Petrolatum, Beeswax, Talc", ["rinse_off"]),
        ("Night Cream\nIngredients: Water, Petrolatum, Talc", ["leave_on"]),
        ("Eye Cream\nIngredients: Water, Petrolatum, Talc", ["leave_on", "eye_area"]),
        ("After the cleanser I use this cream. Ingredients: Water, Petrolatum, Talc", []),
        ("Ingredients: Water, Petrolatum, Talc", []),
    ],
)
def test_15_how_it_is_used_is_read_from_the_words_around_the_list(text, contexts):
    result = check(text)
    assert result.as_dict()["products"][0]["contexts"] == contexts
    assert (WORDS.contexts["rinse_off"] in result.summary) == ("rinse_off" in contexts)
    assert (WORDS.contexts["eye_area"] in result.summary) == ("eye_area" in contexts)


def test_15_the_use_is_not_spoken_of_where_it_makes_no_difference():
    assert WORDS.contexts["rinse_off"] not in check("Foam Cleanser\nIngredients: Water, Glycerin, Talc").summary


@pytest.mark.parametrize(
    ("name", "cautions"),
    [("Retinol", ["pregnancy", "sun"]), ("Glycolic Acid", ["sun"]), ("Hydrocortisone", ["keep_on"]), ("Talc", [])],
)
def test_15_cautions_are_attached(name, cautions):
    summary = check(f"Ingredients: Water, {name}, Glycerin").summary
    said = [caution.id for caution in WORDS.cautions if caution.text in summary]
    assert [caution for caution in said if caution != "eye_area"] == cautions


def test_16_lighter_kinds_are_offered_in_place_of_heavy_ones_only():
    assert WORDS.lighter in check("Water, Petrolatum, Glycerin, Talc").summary
    assert WORDS.lighter not in check("Water, Glycerin, Citric Acid, Talc").summary


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("is vaseline ok?", "ingredient"),
        ("cleansing balm", "product_type"),
        ("can I use squalane", "ingredient"),
        ("does some brand cause milia", "no_list"),
    ],
)
def test_17_one_name_or_kind_of_product_is_enough(question, kind):
    assert check(question).kind == kind


def test_17_a_harmless_name_in_a_heavy_kind_of_product_tells_of_the_kind_too():
    result = check("is rosehip face oil ok for milia")
    assert (result.kind, result.product_types) == ("ingredient", ("facial_oil",))
    assert "face oils are linked with milia" in result.summary
    assert check("is rosehip serum ok").product_types == ()


def test_18_every_match_can_be_marked_in_the_text_as_given():
    text = "Ma crème :\r\n\r\nIngrédients : Aqua, Pétrolatum ; Cire d’abeille, Glurbium\u00a0Oxide"
    (product,) = products(text)
    assert [text[slice(*item["span"])] for item in product["ingredients"]] == ["Aqua", "Pétrolatum", "Cire d’abeille"]
    assert [text[slice(*span)] for span in product["unrecognised_spans"]] == ["Glurbium\u00a0Oxide"]
