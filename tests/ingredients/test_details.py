"""What a page is told beyond the contract's result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingredients import check, details

LABEL = "Balm\nIngredients: Petrolatum, Glurbium Oxide, Squalane\n\nGel\nIngredients: Aqua, Glycerin, Retinol, Zorkum"


def of(result, inci):
    return next(name for product in result["products"] for name in product["ingredients"] if name["inci"] == inci)


def test_it_holds_all_that_the_check_says():
    result, plain = details(LABEL), check(LABEL).as_dict()
    assert (result["kind"], result["summary"]) == (plain["kind"], plain["summary"])
    for product, other in zip(result["products"], plain["products"], strict=True):
        assert other.items() <= {**product, "ingredients": other["ingredients"]}.items()
        for name, same in zip(product["ingredients"], other["ingredients"], strict=True):
            assert same.items() <= name.items()


@pytest.mark.parametrize("text", [LABEL, LABEL.replace("\n", "\r\n"), f"  \u200b𝒜 é e\u0301…\n\n\n\n{LABEL}"])
def test_each_place_is_one_in_the_text_that_was_given(text):
    for product in details(text)["products"]:
        for name in (*product["ingredients"], *product["unknown"]):
            start, end = name["span"]
            assert text[start:end] == name["as_written"]


def test_a_linked_name_says_why_how_firm_that_is_and_who_says_so():
    name = of(details(LABEL), "Petrolatum")
    assert (name["name"], name["total"], name["exact"], name["weak"]) == ("petrolatum", 3, True, False)
    assert name["evidence"] and name["note"] and name["guide"] == "class"
    assert set(name["rating"]) == {"min", "max", "disputed"} and name["rating"]["min"] <= name["rating"]["max"]
    assert all(set(source) == {"title", "publisher", "year", "url"} and source["title"] for source in name["sources"])


def test_a_neutral_name_says_nothing_more():
    name = of(details(LABEL), "Glycerin")
    assert (name["evidence"], name["note"], name["rating"], name["sources"]) == ("", "", None, [])


def test_names_that_are_not_known_keep_their_positions():
    balm, gel = details(LABEL)["products"]
    assert [(name["as_written"], name["position"], name["total"]) for name in balm["unknown"]] == [
        ("Glurbium Oxide", 2, 3)
    ]
    assert [(name["as_written"], name["position"], name["total"]) for name in gel["unknown"]] == [("Zorkum", 4, 4)]


def test_positions_count_within_their_own_part_of_the_list():
    text = "Active Ingredients: Zorkum 2%. Inactive Ingredients: Aqua, Glycerin, Glurbium Oxide, Petrolatum"
    (product,) = details(text)["products"]
    places = [(name["listed_as"], name["position"], name["total"]) for name in product["unknown"]]
    assert places == [("active", 1, 1), ("ingredient", 3, 4)]


def test_a_name_within_a_known_one_is_not_taken_for_it():
    text = "Ingredients: Aqua, Glycerin, Sodium Hyaluronate, Petrolatum, Zorkum Hyalu, Zorkum"
    (product,) = details(text)["products"]
    assert [text[slice(*name["span"])] for name in product["unknown"]] == ["Zorkum Hyalu", "Zorkum"]
    assert product["unknown"][1]["span"][0] == text.rindex("Zorkum")


def test_cautions_stand_with_the_product_that_asks_for_them():
    balm, gel = details(LABEL)["products"]
    assert balm["cautions"] == [] and balm["lighter"]
    assert any("pregnancy" in said for said in gel["cautions"]) and gel["lighter"] == ""


def test_capsules_stand_in_for_the_weaker_cautions():
    (product,) = details("Ingredients: Isotretinoin, Aqua, Glycerin")["products"]
    assert len(product["cautions"]) < 3 or not any("capsules" in said for said in product["cautions"])


def test_the_caveat_is_said_where_something_was_read_and_only_there():
    assert details(LABEL)["caveat"] and details("shea butter")["caveat"]
    assert details("hello there")["caveat"] == ""


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["Aqua", "Petrolatum", "Zork", ", ", "\n", "Ä\u0301"])).map("".join)
)
def test_no_text_breaks_it(text):
    for product in details(text)["products"]:
        for name in (*product["ingredients"], *product["unknown"]):
            start, end = name["span"]
            assert 0 <= start < end <= len(text)
