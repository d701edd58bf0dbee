"""Controls of the hazard log that no other suite shows."""

import pytest

from assistant import guide, referral, site
from assistant.channels.requests import MESSAGE_LIMIT
from assistant.files import DATA, read_yaml
from assistant.ingredients import check
from assistant.safety.schema import load
from assistant.turn.turns import apology

LANGUAGES = read_yaml(DATA / "language" / "languages.yml")
STORY = "I have had small white bumps on my cheeks for years and they never bothered me much. "
SIGNS = {
    "emergency": "Now my throat is swelling and I cannot breathe.",
    "today": "Now my eyelid is hot, red and swollen and full of pus.",
    "soon": "One of them keeps bleeding.",
}


def test_capsules_in_pregnancy_are_answered_alone():
    finding = referral.detect("i take accutane and just found out i'm pregnant")
    said = referral.advice(finding, site.load().words)
    assert finding.urgency == "today"
    assert said.alone


def test_one_sentence_alone_tells_to_stop_a_medicine():
    (allowed,) = [entry for entry in load().allowed if entry.rule == "stop_prescribed"]
    assert allowed.sentence.startswith("Stop the capsules and speak to the person who prescribed them today")
    assert allowed.why


@pytest.mark.parametrize("level", SIGNS)
def test_a_sign_at_the_end_of_the_longest_message_is_found(level):
    sign = SIGNS[level]
    story = (STORY * MESSAGE_LIMIT)[: MESSAGE_LIMIT - len(sign) - 2].rsplit(".", 1)[0]
    text = f"{story}. {sign}"
    assert MESSAGE_LIMIT - len(STORY) < len(text) <= MESSAGE_LIMIT
    assert referral.detect(text).urgency == level
    assert apology(text).urgency == level


@pytest.mark.parametrize("sentence", ["too_long", "too_many", "notice"])
def test_a_message_that_is_refused_unread_is_told_whom_to_call(sentence):
    assert "{emergency_number}" in guide.load().system[sentence]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_told_the_number_to_call(language):
    assert "{emergency_number}" in LANGUAGES[language]["text"]


def test_english_that_is_not_read_is_told_the_number_to_call():
    assert "{emergency_number}" in guide.load().topics["other_language"].answer


def test_a_list_of_which_nothing_is_known_is_not_judged():
    summary = check("Ingredients: Glurbium Oxide, Frobnic Acid, Zzyzx Extract").summary
    assert "I cannot say if it has a link with milia" in summary
    assert "no name on this list that is linked" not in summary
