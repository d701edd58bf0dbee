import re
from string import Formatter

import pytest

from assistant.files import DATA, read_yaml
from assistant.referral import UnknownRegion, advice, detect, region
from assistant.referral.flags import red_flags, sounds

TEXTS = read_yaml(DATA / "referral" / "advice.yml")
REGIONS = list(read_yaml(DATA / "referral" / "regions.yml"))


def test_nothing_is_advised_where_nothing_is_wrong():
    assert advice(detect("what are milia"), region("uk")) is None
    assert advice(detect("it isn't bleeding"), region("uk")) is None


def test_the_advice_names_the_number_of_the_region():
    assert "911" in advice(detect("my newborn has a fever"), region("us")).text
    assert "999" in advice(detect("my newborn has a fever"), region("uk")).text


def test_a_crisis_names_the_crisis_line_and_stands_alone():
    said = advice(detect("i want to die"), region("us"))
    assert "988" in said.text
    assert said.alone


@pytest.mark.parametrize(
    ("text", "alone"), [("my newborn has a fever", True), ("pus coming out of it", False), ("it keeps bleeding", False)]
)
def test_only_an_emergency_stands_alone(text, alone):
    assert advice(detect(text), region("uk")).alone is alone


def test_a_crisis_is_answered_before_any_other_emergency():
    said = advice(detect("my throat is swelling and i want to die"), region("uk"))
    assert "Samaritans" in said.text


def test_the_advice_is_for_the_most_urgent_flag():
    said = advice(detect("it keeps bleeding, and my baby of 2 weeks has a fever"), region("uk"))
    assert said.alone


def test_the_owner_may_put_other_words_in_place_of_the_region():
    own = {**region("uk"), "urgent_line": "our duty nurse"}
    assert "our duty nurse" in advice(detect("pus coming out of it"), own).text


def test_sharp_is_never_told_to_rinse_and_a_chemical_is():
    assert "rinse the eye" in TEXTS["eye_injury_sharp"]["text"]
    assert "do not rub, press or rinse" in " ".join(TEXTS["eye_injury_sharp"]["text"].split())
    assert TEXTS["eye_injury_chemical"]["text"].startswith("Rinse the eye")


def test_an_unknown_region_is_refused_with_those_that_there_are():
    with pytest.raises(UnknownRegion, match=r"atlantis.*uk"):
        region("atlantis")


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_has_all_that_advice_needs(name):
    place = region(name.upper())
    assert {"emergency_number", "crisis_line", "urgent_line"} <= set(place)
    assert all(place.values())
    assert place["emergency_number"] == place.emergency_number


def test_every_flag_has_advice_and_no_advice_is_without_a_flag():
    assert {flag.advice for flag in (*red_flags(), *sounds())} == set(TEXTS)


SLOW_SIGNS = {
    "bleeding": ("the bump on my cheek bleeds now and then", "bleeds"),
    "growing": ("the bump on my cheek keeps getting bigger", "grows"),
    "changing": ("the bump on my cheek has changed colour", "changes"),
    "not_healing": ("the scab on my cheek comes off and is back every week", "does not heal"),
    "dip": ("the bump on my cheek has a dent in the middle", "A dip in the middle"),
    "vessels": ("the bump on my cheek has tiny blood vessels", "blood vessels"),
    "inflamed": ("the bump on my cheek is inflamed", "inflamed"),
    "scar_left": ("the laser left a scar on my cheek", "scar"),
    "surgery_scar": ("little lumps along the stitches after my op", "scar of an operation"),
    "cancer_worry": ("could the bump on my cheek be cancer", "cancer"),
}


@pytest.mark.parametrize("flag", SLOW_SIGNS)
def test_the_advice_speaks_of_the_sign_that_was_found_and_of_no_other(flag):
    message, words = SLOW_SIGNS[flag]
    said = advice(detect(message), region("uk")).text
    assert words in said
    others = {"bleeding": "that bleeds", "growing": "that grows", "changing": "that changes", "not_healing": "not heal"}
    assert [other for name, other in others.items() if name != flag and other in said] == []


def test_a_burn_and_a_blister_are_each_called_what_they_are():
    assert "blister" not in advice(detect("the peel left a chemical burn on my cheek"), region("uk")).text.lower()
    assert "burn" not in advice(detect("lemon on it and since today there are blisters"), region("uk")).text.lower()


@pytest.mark.parametrize("name", TEXTS)
def test_advice_is_two_sentences_at_most_and_fills_only_what_a_region_has(name):
    text = TEXTS[name]["text"]
    assert len(re.findall(r"[.!?](?:\s|$)", text.strip())) <= 2
    assert {field for _, field, _, _ in Formatter().parse(text) if field} <= set(region("uk"))
    assert TEXTS[name]["sources"]


def test_an_emergency_says_whom_to_call():
    for flag in (*red_flags(), *sounds()):
        if flag.level == "emergency":
            assert "{emergency_number}" in TEXTS[flag.advice]["text"]
