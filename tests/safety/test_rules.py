"""Each rule of medical safety is shown what it must find, and what it must leave alone."""

import pytest

from assistant import guide
from assistant.files import DATA
from assistant.safety import check, problems
from assistant.safety.replies import Answer, answers, summaries
from assistant.safety.schema import Allowed, load
from assistant.safety.texts import Text, prepared, sentences

RULES = load()
AT_THE_LID = {"body_area": "eyelid"}

NEVER = {
    "diagnosis": [
        "You probably have a stye.",
        "Your baby has milia.",
        "She has eczema, so use a lotion.",
        "You clearly have an infection.",
    ],
    "verdict_on_a_bump": [
        "Your bump is harmless.",
        "That spot looks like a wart.",
        "This bump sounds like a cyst.",
    ],
    "false_reassurance": [
        "It is not cancer.",
        "That cannot be cancer.",
        "There is no need to see a doctor.",
        "You do not need a doctor for this.",
        "Yours is not serious.",
    ],
    "dose": [
        "Take two tablets with food.",
        "It comes as 20 mg.",
        "Put three drops on it.",
        "Use it every six hours.",
    ],
    "step_of_piercing": [
        "Make a tiny hole over the bump.",
        "Then press the core out.",
        "Prick the top and wait.",
        "Now squeeze it out.",
        "Nick the skin over it.",
    ],
    "tool_for_piercing": [
        "You can lift it with a clean needle.",
        "Use tweezers or take a lancet.",
        "Get a sterile blade first.",
    ],
    "stop_prescribed": [
        "Stop the steroid cream for a week.",
        "Leave off the ointment that was prescribed.",
        "You could skip your tablets.",
        "Pause your isotretinoin before the visit.",
        "Quit the medicine and see.",
    ],
    "number_of_a_region": ["In an emergency, call 911.", "Ring 999 or NHS 111.", "Call or text 988 now."],
    "invented_price": ["One visit costs about 150 dollars.", "Expect $80 to $200.", "It costs around 90."],
    "invented_provider": [
        "Dr. Miller does it well.",
        "Our dermatologists see you soon.",
        "We can book a visit for you.",
        "Call 555-010-1234.",
    ],
}
ALONE = {
    "pregnancy_with_retinoid": [
        "A retinoid may mean fewer new bumps. Keep it off the eyes and wear sunscreen.",
        "Retinol is the milder kind to start with.",
        "Some doctors say adapalene may help.",
        "A retinoid has no easy way in. If you try one, wear sunscreen.",
    ],
    "sun_with_aha": [
        "A mild acid may keep new ones away. Keep it off your eyelids.",
        "Glycolic acid is one that the guide names.",
        "Choose an AHA of 10% or less.",
    ],
    "eye_with_active": [
        "A retinoid may help, but not in pregnancy. Wear sunscreen.",
        "Some doctors say salicylic acid may help slowly.",
        "Start with a mild acid, and wear sunscreen.",
        "An acid has no easy way in, and acids sting. If you try one, wear sunscreen.",
    ],
    "care_at_the_eye": ["It can be taken out in minutes.", "Freezing is quick there.", "Vinegar is one such remedy."],
    "hedged_effect": [
        "A retinoid prevents milia.",
        "Light creams keep milia away.",
        "This gel dissolves bumps in weeks.",
        "A peel clears many milia.",
    ],
    "hedged_link": ["Heavy creams are linked with milia.", "Mineral oil is to blame."],
}
FINE = [
    "Do not stop a prescribed cream by yourself.",
    "Nobody can tell from a chat what a bump is.",
    "If you have milia, leave them alone.",
    "A trained professional makes a tiny opening over the bump and presses the core out.",
    "Please do not squeeze it out.",
    "Pause a shop-bought one, or call the person who prescribed yours.",
    "Most milia are 1 to 2 mm wide.",
    "Under three months, 100.4°F (38°C) is a fever.",
    "Milia themselves are not cancer.",
    "Call {emergency_number} if the throat swells.",
    "I have no reliable figure to give you.",
]
TOGETHER = [
    "Keep retinoids and acids off the lids.",
    "No retinoid of any kind belongs on a baby's skin.",
    "A retinoid may mean fewer new bumps. It is not for pregnancy, stays off the eyes and needs sunscreen.",
    "A mild acid may help a little. Wear sunscreen and keep it off your eyelids.",
    "Creams mainly prevent new milia.",
    "Heavy creams are linked with milia, though no study proves it.",
    "Steroid creams are linked with milia.",
]


def said(*words):
    return [Text("guide/a.yml", f"guide/a.yml, {place}", text) for place, text in enumerate(words)]


def replied(words, facets=None):
    return [Answer("guide/a.yml, topic a, answer", words, True, facets or {})]


def only(rule):
    return RULES.copy(update={"own_words": (rule,)})


def rules_named(found):
    return [problem.rsplit("(", 1)[1].split(")")[0] for problem in found]


def test_nothing_that_can_be_said_breaks_a_rule():
    assert problems() == []


def test_every_rule_is_shown_here():
    assert [rule.id for rule in RULES.never] == list(NEVER)
    assert [rule.id for rule in RULES.companions] == list(ALONE)


@pytest.mark.parametrize("rule", NEVER)
def test_what_must_never_be_said_is_found(rule):
    for sentence in NEVER[rule]:
        assert rule in rules_named(check.never(said(f"Hello. {sentence} Goodbye."), RULES)), sentence


@pytest.mark.parametrize("rule", ALONE)
def test_what_must_not_stand_alone_is_found(rule):
    for sentence in ALONE[rule]:
        assert rule in rules_named(check.alone(replied(f"Hello.\n\n{sentence}", AT_THE_LID), RULES)), sentence


@pytest.mark.parametrize("sentence", FINE)
def test_what_an_answer_should_say_may_be_said(sentence):
    assert list(check.never(said(sentence), RULES)) == []


@pytest.mark.parametrize("reply", TOGETHER)
def test_what_has_its_companion_is_left_alone(reply):
    assert list(check.alone(replied(reply), RULES)) == []


def test_a_companion_that_is_asked_for_at_the_eye_is_asked_for_nowhere_else():
    reply = "It can be taken out in minutes."
    assert list(check.alone(replied(reply), RULES)) == []
    assert list(check.alone(replied(reply, {"body_area": "nose"}), RULES)) == []
    assert list(check.alone(replied(f"{reply} Ask a dermatologist.", AT_THE_LID), RULES)) == []


def test_a_problem_names_the_place_the_sentence_and_the_rule():
    (problem,) = check.never(said("Hello. Your bump is harmless. Goodbye."), RULES)
    assert problem == (
        "guide/a.yml, 0: 'Your bump is harmless.' is a verdict on a bump that nobody has looked at "
        "(verdict_on_a_bump), so word it another way."
    )


def test_strong_words_hide_nothing():
    assert rules_named(check.never(said("Your bump is **harmless**."), RULES)) == ["verdict_on_a_bump"]


def test_the_same_sentence_is_told_once():
    twice = [*replied("Heavy creams are linked with milia."), *replied("Yes.\n\nHeavy creams are linked with milia.")]
    assert rules_named(check.alone(twice, RULES)) == ["hedged_link"]


def test_an_exception_is_made_for_its_sentence_and_its_rule_only():
    sentence = "Your bump is harmless."
    for rule, left in (("verdict_on_a_bump", []), ("dose", ["verdict_on_a_bump"])):
        rules = RULES.copy(update={"allowed": (Allowed(rule=rule, sentence=sentence, why="it is shown"),)})
        assert rules_named(check.never(said(sentence), rules)) == left
        assert rules_named(check.never(said("That spot is a wart."), rules)) == ["verdict_on_a_bump"]


def test_an_exception_that_nothing_needs_is_told():
    (problem,) = check.unused(said("Hello."), RULES.copy(update={"allowed": RULES.allowed[:1]}))
    assert "remove it from `allowed`" in problem


def test_the_number_of_a_region_may_stand_with_the_regions():
    text = Text("referral/regions.yml", "referral/regions.yml, us", "Call 911.")
    assert list(check.never([text], RULES)) == []


def test_the_guides_forbidden_words_are_looked_for_in_all_other_texts_too():
    texts = [Text(file, file, "It is **guaranteed** to go.") for file in ("referral/advice.yml", "guide/about.yml")]
    assert list(check.forbidden(texts, DATA)) == [
        "referral/advice.yml: 'guaranteed' is a promise, so word it another way."
    ]


def test_every_file_with_words_that_are_said_is_read():
    files = {text.file for text in prepared(DATA, guide.load(), RULES)}
    families = {f"guide/{family}.yml" for family in guide.load().families.values()}
    others = {"guide/system.yml", "referral/advice.yml", "referral/regions.yml", "language/languages.yml"}
    ingredients = {"ingredients/_words.yml", "ingredients/retinoids.yml", "entities/body_area.yml"}
    assert families | others | ingredients <= files


def test_what_is_no_text_is_not_read():
    texts = [text for text in prepared(DATA, guide.load(), RULES) if text.file == "referral/advice.yml"]
    assert texts
    assert all(text.at.endswith(".text") for text in texts)


def test_replies_are_composed_for_every_facet_aspect_and_pair_of_whom_and_where():
    found = {answer.at for answer in answers(guide.load())}
    topic = guide.load().topics["topical_dissolve"]
    at = "guide/treatment.yml, topic topical_dissolve, answer"
    assert {f"{at} asked {aspect.cues[0]!r}" for aspect in topic.aspects} <= found
    for name, values in topic.facets.items():
        assert {f"{at} with {name}.{value}" for value in values} <= found
    assert f"{at} with audience.baby with body_area.eyelid asked 'how long'" in found
    assert "guide/treatment.yml, topic topical_dissolve, more" in found
    assert "guide/treatment.yml, topic topical_dissolve, simple with audience.pregnancy" in found


def test_every_ingredient_is_asked_about_and_read_on_a_label():
    found = {answer.at: answer.text for answer in summaries(DATA)}
    for how in ("asked", "on a label", "on a label, asked for good", "on a label, asked for more"):
        assert "pregnan" in found[f"ingredients/retinoids.yml, Retinol {how}"], how
    assert len(found) > 2_000


@pytest.mark.parametrize("rule", RULES.own_words, ids=lambda rule: rule.id)
def test_a_topic_without_words_of_its_own_is_told(rule):
    library = guide.load()
    for topic in library.topics.values():
        facets = {name: dict(values) for name, values in topic.facets.items()}
        if library.families[topic.id] not in rule.families or topic.id in rule.but:
            assert list(check.unspoken(_with(library, topic.copy(update={"facets": {}})), only(rule))) == []
            continue
        own = facets[rule.facet].pop(rule.value)
        without = topic.copy(update={"facets": facets})
        assert rules_named(check.unspoken(_with(library, without), only(rule))) == [rule.id], topic.id
        facets[rule.facet][rule.value] = own.copy(update={"instead": False})
        beside = topic.copy(update={"facets": facets})
        expected = [rule.id] if rule.instead else []
        assert rules_named(check.unspoken(_with(library, beside), only(rule))) == expected, topic.id


def test_babies_children_and_eyelids_have_words_of_their_own():
    names = {"baby_in_place_of_the_answer", "own_words_for_a_child", "own_words_for_the_eyelid"}
    assert {rule.id for rule in RULES.own_words} == names


def test_a_claim_without_a_source_is_told():
    library = guide.load()
    topic = library.topics["topical_dissolve"]
    bare = topic.copy(update={"aspects": [topic.aspects[0].copy(update={"sources": []})]})
    broken = _with(library, bare)
    assert [problem.split(": ")[1] for problem in check.unsourced(broken, RULES)] == [
        "it claims something and names no source, so name one."
    ]
    silent = topic.aspects[0].copy(update={"sources": [], "text": "I know of no good source on that."})
    assert list(check.unsourced(_with(library, topic.copy(update={"aspects": [silent]})), RULES)) == []


def test_a_reply_without_a_source_is_told():
    library = guide.load()
    replies = [Answer("guide/treatment.yml, topic a, answer", "Hello.", False)]
    assert list(check.uncited(replies, library)) == [
        "guide/treatment.yml, topic a, answer: the reply has no source, so name one."
    ]
    assert list(check.uncited([Answer("guide/conversation.yml, topic a, answer", "Hello.", False)], library)) == []


def test_sentences_end_at_full_stops_colons_and_lines():
    assert sentences("One. **Two:** three, 1.5 mm?\n\n- four\n- five") == [
        "One.",
        "Two:",
        "three, 1.5 mm?",
        "- four",
        "- five",
    ]


def _with(library, topic):
    return guide.Guide(
        **{
            **vars(library),
            "topics": {topic.id: topic},
        }
    )
