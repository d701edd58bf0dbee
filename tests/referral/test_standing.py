import pytest

from assistant.referral.cues import read
from assistant.referral.standing import over, supposed


def of(places, message, sign):
    start = message.index(sign)
    return any(read(message).words[place].start == start for place in places(message))


@pytest.mark.parametrize(
    ("message", "sign"),
    [
        ("it bled last year", "bled"),
        ("I had hives as a child", "hives"),
        ("it used to itch", "itch"),
        ("the swelling has gone down", "swelling"),
        ("I had an infection in 2019, gone now", "infection"),
        ("She had a fever. All better now", "fever"),
        ("the swelling's gone, thanks", "swelling"),
        ("popped one as a kid, bled a lot", "bled"),
        ("the bump bled once, the doctor said it is harmless", "bled"),
        ("a hot iron burned my cheek, a decade ago, it faded", "burned"),
        ("she was sleepy the first week", "sleepy"),
    ],
)
def test_what_is_over(message, sign):
    assert of(over, message, sign)


@pytest.mark.parametrize(
    ("message", "sign"),
    [
        ("it started to bleed months ago and bleeds still", "bleed"),
        ("it has not healed, it is sore", "sore"),
        ("the swelling went down and came back", "swelling"),
        ("swollen since last year", "swollen"),
        ("it has gone red", "red"),
        ("it is red and almost healed", "red"),
        ("it healed. now it bleeds", "bleeds"),
        ("I had a transplant in 2019 and the spot is hot", "hot"),
        ("popped one last year, now it bleeds", "bleeds"),
        ("my mum said it is harmless, it bleeds", "bleeds"),
        ("my lid is swollen, a decade ago I had a stye", "swollen"),
    ],
)
def test_what_is_not_over(message, sign):
    assert not of(over, message, sign)


@pytest.mark.parametrize(
    ("message", "sign"),
    [
        ("what if it bleeds", "bleeds"),
        ("can milia bleed?", "bleed"),
        ("can milia burst and bleed", "bleed"),
        ("do milia turn into cancer", "cancer"),
        ("so do they hurt", "hurt"),
        ("will it get infected", "infected"),
        ("can I get an infection from this", "infection"),
        ("is a fever common with milia", "fever"),
        ("why do milia hurt", "hurt"),
        ("in case it turns red or oozes", "oozes"),
        ("is there a risk of bleeding", "bleeding"),
        ("I read that creams can burn", "burn"),
        ("what are the signs of infection", "infection"),
        ("infection risk after extraction", "infection"),
        ("my dog has a swollen eye", "swollen"),
        ("what does an infection look like", "infection"),
    ],
)
def test_what_is_only_supposed_or_asked_in_general(message, sign):
    assert of(supposed, message, sign)


@pytest.mark.parametrize(
    ("message", "sign"),
    [
        ("it hurts if I press it", "hurts"),
        ("if I press it, it bleeds", "bleeds"),
        ("if anyone can help, my eye is swollen", "swollen"),
        ("why is it bleeding", "bleeding"),
        ("why does my eye hurt", "hurt"),
        ("could my baby's fever be from this", "fever"),
        ("can you help, my throat is swelling", "swelling"),
        ("can you tell me why my eye is swollen", "swollen"),
        ("can anyone see the swelling", "swelling"),
        ("is there a cream for my infected eye", "infected"),
        ("can hardly open it", "open"),
        ("is it ok that my baby has a fever", "fever"),
        ("can I put cream on my infected lid", "infected"),
        ("I don't know if it is infected", "infected"),
        ("it feels as if it is burning", "burning"),
        ("my son, 3 weeks, was jerking", "jerking"),
        ("my dog is fine, my eye is swollen", "swollen"),
        ("a dog bite on my lip is swollen", "swollen"),
        ("what does it mean when my bump bleeds", "bleeds"),
        ("could the new tablets be to blame: face swollen, chills", "swollen"),
        ("why would an eye stick out, it began after the lid got infected", "stick"),
    ],
)
def test_what_is_told_as_a_fact(message, sign):
    assert not of(supposed, message, sign)


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("do milia leak yellow pus", False),
        ("do milia leak yellow pus, mine does since this morning", True),
        ("do milia leak yellow pus? mine is fine. and can they bleed", True),
    ],
)
def test_what_is_asked_in_general_is_so_when_it_is_claimed_behind(text, so):
    assert of(supposed, text, "yellow") is not so
