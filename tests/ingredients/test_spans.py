"""Where a name stands in the text as it was given."""

import pytest

from assistant.ingredients import check
from assistant.ingredients.spans import Places


@pytest.mark.parametrize(
    ("given", "found", "expected"),
    [
        ("Water, Lanolin", "Lanolin", "Lanolin"),
        ("  Water,\t\tLanolin ", "Lanolin", "Lanolin"),
        ("Water,\r\n\r\n\r\n\r\nLanolin", "Lanolin", "Lanolin"),
        ("Wa\u200bter, La\u00adnolin, Talc", "Lanolin", "La\u00adnolin"),
        ("Cire d\u2019abeille\u2026 Lanolin", "Cire d'abeille", "Cire d\u2019abeille"),
        ("Pe\u0301trolatum, Lanolin", "P\u00e9trolatum", "Pe\u0301trolatum"),
        ("\u1112\u1161\u11ab, Lanolin", "Lanolin", "Lanolin"),
    ],
)
def test_a_stretch_is_found_again_where_it_was_given(given, found, expected):
    places = Places(given)
    start = places.normal.index(found)
    assert given[slice(*places.span(start, start + len(found)))] == expected


def test_every_name_of_a_messy_label_is_marked_where_it_stands():
    head, names = (
        "\ufeff  <b>Ingredients:</b>\r\n\r\n\r\n",
        " Water,\u00a0 Cera\u00a0Alba ,\r\nPe\u0301trolatum&nbsp;40%, ",
    )
    text = f"{head}{names}Zorkum\u2122 Oxide"
    (product,) = check(text).as_dict()["products"]
    assert [text[slice(*item["span"])] for item in product["ingredients"]] == [
        "Water",
        "Cera\u00a0Alba",
        "Pe\u0301trolatum",
    ]
    assert [text[slice(*span)] for span in product["unrecognised_spans"]] == ["Zorkum\u2122 Oxide"]
