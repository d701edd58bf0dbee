"""Which ingredient a written name means."""

from dataclasses import replace

import pytest

from assistant.ingredients.lexicon import load_lexicon
from assistant.ingredients.photographed import by_outline
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


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Shea Butter Glycerin 1,2-Hexanediol", ["Butyrospermum Parkii Butter", "Glycerin", "1,2-Hexanediol"]),
        ("Lanolin Sodium Hyaluronate", ["Lanolin", "Sodium Hyaluronate"]),
        ("Sodium Hyaluronate Lanolin", ["Sodium Hyaluronate", "Lanolin"]),
        ("Beeswax (Cera Alba) Lanolin", ["Cera Alba", "Lanolin"]),
        ("Tocopherol Butyrospermum Parkii (Shea) Butter", ["Tocopherol", "Butyrospermum Parkii Butter"]),
        ("Theobroma Cacao (Cocoa) Seed Butter Squalane", ["Theobroma Cacao Seed Butter", "Squalane"]),
        ("Water Prunus Amygdalus Dulcis (Sweet Almond) Oil", ["Aqua", "Prunus Amygdalus Dulcis Oil"]),
        ("Titanium Dioxide (CI 77891", ["Titanium Dioxide", "Titanium Dioxide"]),
    ],
)
def test_names_that_run_together_may_hold_brackets_and_begin_with_a_salt_or_a_figure(written, names):
    assert incis(written) == names


@pytest.mark.parametrize(
    "written",
    [
        "PEG-6 Hydrogenated Castor Oil",
        "Dimethicone PEG-8 Beeswax",
        "Shea Butter Cetyl Esters",
        "Simmondsia Chinensis (Jojoba) Esters Foo",
        "Cocos Nucifera (Coconut) Alcohol",
        "Tocopherol (Shea) Butter",
    ],
)
def test_what_is_one_thing_is_not_parted_into_two_names(written):
    assert incis(written) == []


@pytest.mark.parametrize(
    ("written", "inci"),
    [
        ("PETR0LATUM", "Petrolatum"),
        ("PARAFFlNUM LlQUlDUM", "Paraffinum Liquidum"),
        ("lsopropyl Pa1mitate", "Isopropyl Palmitate"),
        ("Alurnina", "Alumina"),
        ("Squa1ane", "Squalane"),
        ("Squa1ene", "Squalene"),
        ("Retina1", "Retinal"),
        ("0lea Eur0paea (0live) Fruit 0il", "Olea Europaea Fruit Oil"),
        ("Cl 77891", "Titanium Dioxide"),
        ("G1ycerin/G1ycerol", "Glycerin"),
    ],
)
def test_letters_that_a_camera_takes_for_others_are_read_and_said_to_be(written, inci):
    (found,) = recognise(written, LEXICON)
    assert (found.ingredient.inci, found.exact) == (inci, False)


@pytest.mark.parametrize("written", ["CI 7789O2", "Reti0l", "PEG-B", "Squalone", "Ceramide N5"])
def test_what_looks_like_no_name_is_not_taken_for_one(written):
    assert incis(written) == []


def test_letters_that_look_alike_never_cross_a_protected_pair():
    guarded = replace(LEXICON, protected=LEXICON.protected | {frozenset(("squa1ane", "squalane"))})
    assert recognise("Squa1ane", guarded) == ()


def test_words_that_look_alike_are_never_taken_for_one_another():
    assert by_outline(["retinol", "retino1", "talc"]) == {"talc": "talc"}
