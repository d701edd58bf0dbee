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
        ("Dimethicone/Vinyl Dimethicone Copolymer", []),
        ("Dimethicone/Vinyl Dimethicone Crosspolymer", ["Dimethicone/Vinyl Dimethicone Crosspolymer"]),
        ("Trimethylsiloxysilicate/Dimethicone Crosspolymer", []),
        ("Glyceryl Stearate/Malate", []),
    ],
)
def test_a_slash_means_a_translation_or_two_names_or_one_thing(written, names):
    assert incis(written) == names


@pytest.mark.parametrize(
    "written",
    [
        "PEG-80 Hydrogenated Castor Oil",
        "Decyl Cocoate (Coconut Oil)",
        "Poly(Linseed Oil)",
        "PEG-7 Dimethicone",
        "Polylactic Acid",
        "Tridecyl Salicylate",
        "Shea Butter Glycerides",
        "Shea Butter, Ethyl Esters",
        "Butyrospermum Parkii (Shea) Butter Extract",
        "Elaeis Guineensis (Palm) Butter",
        "Chondrus Crispus (Carrageenan) Extract",
        "Fucus Vesiculosus (Seaweed) Extract",
        "Cocos Nucifera (Coconut) Shell Powder",
        "Citrus Limon (Lemon) Seed Oil",
        "Hydrolyzed Lanolin",
        "Honey Cocoates",
        "Dimethiconol Beeswax",
        "Chamomile Powder",
    ],
)
def test_what_is_made_from_a_thing_is_not_the_thing(written):
    assert incis(written) == []


@pytest.mark.parametrize(
    ("written", "inci"),
    [
        ("PEG-60 Hydrogenated Castor Oil", "PEG-60 Hydrogenated Castor Oil"),
        ("Coco-Glucoside (Coconut Oil)", "Coco-Glucoside"),
        ("Butyloctyl Salicylate", "Butyloctyl Salicylate"),
        ("Cocos Nucifera (Coconut) Fruit Extract", "Cocos Nucifera Fruit Extract"),
        ("Triticum Vulgare (Wheat) Germ Extract", "Triticum Vulgare Germ Extract"),
        ("Chamomile Water", "Anthemis Nobilis Flower Water"),
        ("Salix Nigra (Willow) Bark Extract", "Salix Nigra Bark Extract"),
    ],
)
def test_what_is_made_from_a_thing_may_be_known_as_itself(written, inci):
    assert incis(written) == [inci]


@pytest.mark.parametrize(
    "written", ["Amaranthus Squalane Oil", "Squalane Olive", "Plant-Derived Squalane", "Squalane (Olive)"]
)
def test_squalane_is_squalane_from_whatever_plant(written):
    assert incis(written) == ["Squalane"]


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
