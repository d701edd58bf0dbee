"""Which ingredient a written name means."""

import pytest

from assistant.ingredients.lexicon import load_lexicon
from assistant.ingredients.recognise import recognise

LEXICON = load_lexicon()


def incis(written):
    return [found.ingredient.inci for found in recognise(written, LEXICON)]


@pytest.mark.parametrize(
    ("written", "inci"),
    [
        ("PETROLATUM", "Petrolatum"),
        ("Vaseline", "Petrolatum"),
        ("Mineral Oil", "Paraffinum Liquidum"),
        ("Paraffinum Liquidum (Mineral Oil)", "Paraffinum Liquidum"),
        ("Butyrospermum Parkii (Shea) Butter", "Butyrospermum Parkii Butter"),
        ("Butyrospermum Parkii (Shea Butter)", "Butyrospermum Parkii Butter"),
        ("Persea Gratissima (Extra Virgin, Cold-Pressed Avocado) Oil", "Persea Gratissima Oil"),
        ("Organic Jojoba Oil", "Simmondsia Chinensis Seed Oil"),
        ("Cire d'Abeille", "Cera Alba"),
        ("Pétrolatum", "Petrolatum"),
        ("Ammonium Lauryl Sulphate", "Ammonium Lauryl Sulfate"),
        ("C12-15 Alkyl Benzoate", "C12-15 Alkyl Benzoate"),
        ("CI77891", "Titanium Dioxide"),
        ("Emollient (Squalane)", "Squalane"),
        ("Vitamin A (Retinyl Palmitate)", "Retinyl Palmitate"),
        ("Retin-A", "Tretinoin"),
        ("BHA", "BHA"),
    ],
)
def test_a_name_is_known_in_each_of_its_forms(written, inci):
    (found,) = recognise(written, LEXICON)
    assert found.ingredient.inci == inci
    assert found.exact


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Aqua/Water/Eau", ["Aqua"]),
        ("Water\\Aqua\\Eau", ["Aqua"]),
        ("CERA ALBA/BEESWAX/CIRE D'ABEILLE", ["Cera Alba"]),
        ("Caprylic/Capric Triglyceride", ["Caprylic/Capric Triglyceride"]),
        ("Glyceryl Stearate/PEG-100 Stearate", ["Glyceryl Stearate", "PEG-100 Stearate"]),
        ("Dimethicone/Vinyl Dimethicone Crosspolymer", []),
        ("Trimethylsiloxysilicate/Dimethicone Crosspolymer", []),
        ("Glyceryl Stearate/Malate", []),
    ],
)
def test_a_slash_means_a_translation_or_two_names_or_one_thing(written, names):
    assert incis(written) == names


@pytest.mark.parametrize(
    "written",
    [
        "PEG-60 Hydrogenated Castor Oil",
        "Coco-Glucoside (Coconut Oil)",
        "Poly(Linseed Oil)",
        "PEG-8 Dimethicone",
        "Polylactic Acid",
        "Butyloctyl Salicylate",
        "Shea Butter Glycerides",
        "Cocos Nucifera (Coconut) Fruit Extract",
        "Hydrolyzed Lanolin",
        "Honey Extract",
        "Dimethiconol Beeswax",
        "Chamomile Water",
    ],
)
def test_what_is_made_from_a_thing_is_not_the_thing(written):
    assert incis(written) == []


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Tocopherol Ethylhexylglycerin", ["Tocopherol", "Ethylhexylglycerin"]),
        ("Water Glycerin and Petrolatum", ["Aqua", "Glycerin", "Petrolatum"]),
        ("Oryzasativa(Rice)Branoil", ["Oryza Sativa Bran Oil"]),
        ("petro- latum", ["Petrolatum"]),
    ],
)
def test_glued_and_broken_names_are_put_right(written, names):
    assert incis(written) == names


def test_names_that_run_together_keep_their_places():
    written = "Tocopherol Ethylhexylglycerin"
    assert [written[item.start : item.end] for item in recognise(written, LEXICON)] == written.split()
