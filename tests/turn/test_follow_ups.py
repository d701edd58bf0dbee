from __future__ import annotations

from typing import Any

import pytest

from assistant import guide
from assistant.turn import follow_ups
from assistant.turn.follow_ups import about, lacks_a_subject, of_oneself, resolve


def named(text: str, **mentions: str) -> list[dict[str, Any]]:
    """Return the entities of `text`: each value of `mentions` as "value=words", or as the value where it stands so."""
    found = []
    for entity, mention in mentions.items():
        value, _, words = mention.partition("=")
        start = text.index(words or value)
        end = start + len(words or value)
        found.append({"entity": entity, "value": value, "start": start, "end": end, "negated": False})
    return found


@pytest.mark.parametrize(
    ("text", "topic", "intent"),
    [
        ("how long does it take?", "professional_extraction", "professional_extraction"),
        ("how long does it take?", "what_are_milia", "duration"),
        ("ok and how long will that take then", "retinoids_safety", "retinoids_how"),
        ("why?", "what_are_milia", "causes"),
        ("why?", "prevention", "tell_more"),
        ("And if I don't?", "treatment_options", "duration"),
        # Whoever asks what an unknown bump is must not hear that milia fade.
        ("and if i don't go", "milia_vs_other", "when_to_see_doctor"),
        ("And if I don't?", "cancer_worry", "when_to_see_doctor"),
        ("what if i wait", "identify_milia", "when_to_see_doctor"),
        ("does it hurt", "treatment_options", "extraction_risks"),
        ("will it leave a markk", "treatment_options", "extraction_risks"),
        ("does it hurt", "what_are_milia", "symptoms_complications"),
        ("is it safe", "retinoids_how", "retinoids_safety"),
    ],
)
def test_a_short_question_is_asked_of_the_last_topic(text: str, topic: str, intent: str) -> None:
    assert resolve(text, [], topic) == intent


def test_what_is_named_alone_is_asked_of_the_last_topic_where_it_says_something_of_it() -> None:
    text = "and for my baby?"
    assert resolve(text, named(text, audience="baby"), "duration") == "duration"
    text = "what about around the eyes"
    assert (
        resolve(text, named(text, body_area="around_eyes=around the eyes"), "treatment_options") == "treatment_options"
    )


def test_what_is_named_alone_goes_to_its_own_topic_where_the_last_one_says_nothing_of_it() -> None:
    text = "and laser?"
    assert resolve(text, named(text, treatment="laser"), "treatment_options") == "energy_treatments"
    text = "what about on the lips too"
    assert resolve(text, named(text, body_area="lips"), "contagious") == "body_locations"
    text = "and Glycolic Acid?"
    assert resolve(text, named(text, ingredient="Glycolic Acid"), "prevention") == "aha_use"


@pytest.mark.parametrize(
    ("text", "mentions", "topic"),
    [
        ("how long", {}, None),
        ("how long", {}, "no_such_topic"),
        ("what are milia", {}, "duration"),
        ("how long does laser take", {"treatment": "laser"}, "what_are_milia"),
        ("my baby has been crying a lot", {"audience": "baby"}, "duration"),
        ("why " + "so very " * 6 + "long", {}, "duration"),
        ("ok so and then well how long does it really take then", {}, "what_are_milia"),
        ("and?", {}, "duration"),
    ],
)
def test_what_has_a_subject_of_its_own_or_nothing_before_it_is_no_follow_up(
    text: str, mentions: dict[str, str], topic: str | None
) -> None:
    assert resolve(text, named(text, **mentions), topic) is None


def test_what_is_negated_is_not_asked_about() -> None:
    text = "not for a baby"
    mention = {**named(text, audience="baby")[0], "negated": True}
    assert resolve(text, [mention], "duration") is None


def test_the_words_around_a_person_do_not_hide_what_is_asked() -> None:
    text = "and how long for a baby"
    assert resolve(text, named(text, audience="baby"), "what_are_milia") == "duration"
    text = "does it work on the nose"
    assert resolve(text, named(text, body_area="nose"), "causes") == "causes"


def test_the_baby_of_a_pregnant_woman_does_not_change_whom_it_is_about() -> None:
    mentions = named("is it bad for the baby", audience="baby")
    assert about("is it bad for the baby", "pregnancy", mentions) == []
    assert about("is it bad for the baby", "darker_skin", mentions) == mentions
    assert about("is it bad for the baby", None, mentions) == mentions


@pytest.mark.parametrize(
    ("text", "lacks"), [("how often", True), ("do milia hurt", False), ("???", False), ("word " * 13, False)]
)
def test_a_short_text_that_names_no_bump_lacks_a_subject(text: str, lacks: bool) -> None:
    assert lacks_a_subject(text, []) is lacks


def test_a_text_that_names_a_thing_has_a_subject_and_one_that_names_a_person_has_none() -> None:
    assert not lacks_a_subject("do strips pull it out", [{"entity": "treatment"}])
    assert lacks_a_subject("will it hurt my baby", [{"entity": "audience"}])


@pytest.mark.parametrize(("text", "own"), [("and on my skin", True), ("And for ME?", True), ("for my son", False)])
def test_who_speaks_of_their_own_skin_is_heard(text: str, own: bool) -> None:
    assert of_oneself(text) is own


def test_every_wording_leads_to_its_own_kind() -> None:
    wordings = follow_ups._wordings()
    read = follow_ups.read_yaml(follow_ups.DATA / "follow_ups.yml")
    wrong = [
        (phrase, entry["kind"], wordings.kinds.get(" ".join(wordings.reduced(phrase))))
        for entry in read["kinds"]
        for phrase in entry["phrases"]
        if wordings.kinds.get(" ".join(wordings.reduced(phrase))) != entry["kind"]
    ]
    assert wrong == []


@pytest.mark.parametrize("topic", [name for name, kind in guide.load().kinds.items() if kind == "guide"])
def test_no_short_question_after_any_topic_is_left_without_an_answer(topic: str) -> None:
    assert resolve("how long", [], topic) in guide.load().topics


@pytest.mark.parametrize(
    ("text", "before", "left"),
    [
        ("my daughter is 3 weeks old", None, ["baby"]),
        ("my daughter is 4", None, ["child"]),
        ("can my son use it", "teenager", []),
        ("can my son use it", None, ["child"]),
        ("and a toddler?", "baby", ["child"]),
    ],
)
def test_a_child_of_no_age_is_the_one_whose_age_is_told(text: str, before: str | None, left: list[str]) -> None:
    found = {"my daughter": "child", "my son": "child", "3 weeks old": "baby", "is 4": "child", "toddler": "child"}
    entities = [named(text, audience=f"{value}={words}")[0] for words, value in found.items() if words in text]
    assert list(dict.fromkeys(entity["value"] for entity in about(text, before, entities))) == left


@pytest.mark.parametrize(
    ("text", "before", "left"),
    [
        ("i'm 41 and pregnant", None, ["pregnancy"]),
        ("pregnant, i'm 41", None, ["pregnancy"]),
        ("i'm 17 and pregnant", None, ["pregnancy"]),
        ("im 33, nursing", None, ["breastfeeding"]),
        ("i'm 41 btw", "pregnancy", []),
        ("i'm 41 btw", "baby", ["adult"]),
        ("and for my husband", "pregnancy", ["adult"]),
        ("i'm 17 with dark skin", None, ["teenager", "darker_skin"]),
    ],
)
def test_an_age_says_nothing_beside_what_matters_more_of_the_same_person(
    text: str, before: str | None, left: list[str]
) -> None:
    found = {
        "i'm 41": "adult",
        "im 33": "adult",
        "my husband": "adult",
        "i'm 17": "teenager",
        "pregnant": "pregnancy",
        "nursing": "breastfeeding",
        "dark skin": "darker_skin",
    }
    entities = [named(text, audience=f"{value}={words}")[0] for words, value in found.items() if words in text]
    assert [entity["value"] for entity in about(text, before, entities)] == left


def test_an_age_stays_where_what_would_matter_more_is_denied() -> None:
    text = "i'm 41 and not pregnant"
    age, denied = (
        named(text, audience="adult=i'm 41")[0],
        {**named(text, audience="pregnancy=pregnant")[0], "negated": True},
    )
    assert age in about(text, None, [age, denied])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my daughter says it's my cold cream", False),
        ("My Daughter thinks I should see someone", False),
        ("my daughter told me her bumps hurt", True),
        ("my daughter says they itch", True),
        ("my daughter has them. she says i gave them to her", True),
        ("my daughter has my skin", True),
        ("my daughter said so. i have them", True),
    ],
)
def test_a_child_who_is_only_quoted_is_not_the_one_it_is_about(text: str, told: bool) -> None:
    start = text.lower().index("my daughter")
    mention = {
        "entity": "audience",
        "value": "child",
        "start": start,
        "end": start + len("my daughter"),
        "negated": False,
    }
    assert about(text, None, [mention]) == ([mention] if told else [])


@pytest.mark.parametrize(
    ("mention", "topic", "intent"),
    [
        ({"product_type": "sunscreen"}, "extraction_aftercare", "extraction_aftercare"),
        ({"product_type": "moisturizer"}, "energy_treatments", "extraction_aftercare"),
        ({"product_type": "sunscreen"}, "causes", "makeup_sunscreen"),
        ({"ingredient": "Ascorbic Acid"}, "skin_of_colour", "skin_of_colour"),
        ({"ingredient": "Ascorbic Acid"}, "causes", "other_exfoliants"),
    ],
)
def test_what_goes_on_the_skin_after_a_removal_is_asked_of_its_care(
    mention: dict[str, str], topic: str, intent: str
) -> None:
    (value,) = mention.values()
    assert resolve(f"and {value}?", named(f"and {value}?", **mention), topic) == intent
