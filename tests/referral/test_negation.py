import pytest

from assistant.referral import negated


def denied(message, *signs):
    return [negated(message, message.index(sign), message.index(sign) + len(sign)) for sign in signs]


@pytest.mark.parametrize(
    ("message", "sign"),
    [
        ("it isn't bleeding", "bleeding"),
        ("it is not bleeding", "bleeding"),
        ("no fever", "fever"),
        ("no pain on touching", "pain"),
        ("they never hurt", "hurt"),
        ("without any swelling", "swelling"),
        ("I don't think it is infected", "infected"),
        ("it doesn't look like she has a fever", "fever"),
        ("neither red nor sore", "sore"),
        ("fever? no. just dots", "fever"),
        ("pain: none, pus: nope", "pus"),
        ("swelling, none. bruise, none", "swelling"),
        ("she did not see any sores", "sores"),
        ("she is fever free", "fever"),
        ("I thought it was infected but it wasn't", "infected"),
        ("I'm not pregnant", "pregnant"),
        ("It’s no longer oozing", "oozing"),
        ("hot and sore they are not", "sore"),
        ("whiteheads these are not, I know those", "whiteheads"),
        ("fever no, rash no, white dots yes", "fever"),
        ("she looked for warmth and found none", "warmth"),
        ("nobody here has a fever", "fever"),
        ("I can't see any redness, pus or swelling", "swelling"),
    ],
)
def test_what_is_denied(message, sign):
    assert denied(message, sign) == [True]


@pytest.mark.parametrize(
    ("message", "sign"),
    [
        ("it is bleeding", "bleeding"),
        ("not sure if it is infected", "infected"),
        ("it won't stop bleeding", "bleeding"),
        ("no fever but it is swollen", "swollen"),
        ("I have not slept, it is swollen", "swollen"),
        ("no fever she is floppy", "floppy"),
        ("she is not feeding, floppy", "floppy"),
        ("not only red", "red"),
        ("I have never had a fever like this before", "fever"),
        ("no idea, it hurts", "hurts"),
        ("No. It is bleeding", "bleeding"),
        ("doesn't itch, just bleeds", "bleeds"),
        ("no pain, bleeding a lot", "bleeding"),
        ("no pain, getting swollen", "swollen"),
        ("no pain just swelling", "swelling"),
        ("steroid inhaler no, steroid cream yes", "steroid cream"),
        ("it is swollen, no", "swollen"),
        ("is it infected, no?", "infected"),
        ("it is sore, they are not", "sore"),
        ("it is swollen oh no", "swollen"),
        ("I can't bend my neck, vomiting, spots", "vomiting"),
        ("the tablets are not touching it, swollen, shivering", "swollen"),
        ("no rash, 38.5 fever since noon", "fever"),
        ("swollen it is, the others are not", "swollen"),
    ],
)
def test_what_is_not_denied(message, sign):
    assert denied(message, sign) == [False]


def test_a_denial_reaches_over_a_list():
    assert denied("no fever, pus or pain", "fever", "pus", "pain") == [True] * 3
    assert denied("They aren't red, swollen or sore, they sit there", "red", "swollen", "sore") == [True] * 3
    assert denied("no fever/pus", "fever", "pus") == [True] * 2


def test_a_denial_that_belongs_to_the_name_does_not_deny_it():
    assert denied("the sore won't heal", "won't heal", "heal") == [False, True]


def test_places_outside_the_text_are_not_denied():
    assert negated("no fever", 50, 60) is False
    assert negated("", 0, 0) is False
