import time
from timeit import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.referral import Finding, Flag, detect
from assistant.referral.flags import LEVELS, lexicon, red_flags, sounds


def real(text):
    return {flag.flag for flag in detect(text).flags if not flag.negated}


def test_a_message_without_a_flag_is_no_matter():
    assert detect("what are milia") == Finding("none", (), False)
    assert detect("") == detect("🙂") == Finding()


def test_a_finding_prints_as_triage_promises():
    assert detect("my newborn has a fever, help").as_dict()["flags"][0] == {
        "flag": "baby_unwell",
        "level": "emergency",
        "negated": False,
        "span": [17, 22],
    }
    assert set(detect("hello").as_dict()) == {"urgency", "flags"}


def test_the_span_is_in_the_text_as_written():
    text = "  My\u200b baby’s   got a FEVER!"
    flag = detect(text).flags[0]
    assert text[slice(*flag.span)] == "FEVER"


def test_a_denied_flag_is_named_and_does_not_count():
    finding = detect("no fever, and it isn't bleeding")
    assert finding.urgency == "none"
    assert {flag.flag for flag in finding.flags if flag.negated} >= {"ill_with_bumps", "bleeding"}


def test_the_most_urgent_flag_comes_first_and_the_denied_ones_last():
    flags = detect("no double vision. it grows bigger, and my lips and tongue are swelling since the cream").flags
    order = [(flag.negated, -LEVELS.index(flag.level)) for flag in flags]
    assert order == sorted(order)
    assert flags[0].flag == "anaphylaxis"
    assert flags[-1].negated


def test_only_a_person_in_danger_from_himself_is_a_crisis():
    assert detect("i want to die").crisis
    assert not detect("i'm not suicidal, just annoyed").crisis
    assert not detect("my newborn has a fever").crisis


def test_a_denial_of_being_alive_is_a_crisis_and_a_denial_of_dying_is_none():
    assert detect("i don't want to be alive").crisis
    assert not detect("i don't want to die").crisis


def test_who_it_is_about_may_stand_in_another_sentence():
    assert "baby_unwell" in real("My baby has milk spots. Since today there is a fever.")


def test_signs_may_stand_in_two_sentences_where_the_data_says_so():
    assert "anaphylaxis" in real("My lips are swelling. I used a new cream.")


def test_signs_of_two_sentences_stay_apart_elsewhere():
    assert "eye_injury_sharp" not in real("The nurse held a needle. Sunscreen went into my eye.")


def test_an_older_child_with_fever_is_seen_the_same_day():
    assert detect("my 9 month old has milia and a fever").urgency == "today"


def test_sharp_things_and_chemicals_in_the_eye_are_told_apart():
    assert "eye_injury_sharp" in real("the needle went into my eye")
    assert "eye_injury_chemical" not in real("the needle went into my eye")
    assert "eye_injury_chemical" in real("vinegar went into my eye")
    assert "eye_injury_sharp" not in real("vinegar went into my eye")


def test_retinoid_creams_and_capsules_are_kept_apart():
    assert "isotretinoin_pregnancy" in real("pregnant and on accutane")
    assert real("pregnant and used tretinoin cream") == set()


def test_a_childs_private_parts_are_for_the_childs_doctor():
    assert real("bumps on my penis") == {"genital"}
    assert real("white bumps on my baby's penis") == {"genital_child"}
    assert real("my 2 year old has sores on her vulva, and bumps") == {"genital_sores_child", "genital_child"}


def test_an_everyday_phrase_is_no_sign():
    assert real("cold sore or milia") == set()
    assert real("I have hay fever and milia") == set()


def test_a_misspelt_sign_is_understood():
    assert detect("my toungue is swoolen after the creme").urgency == "emergency"


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("I popped one on Tuesday and by now it is inflamed", "today"),
        ("popped it on Tuesday, it is swollen and throbs", "today"),
        ("they get inflamed whenever I pick at them", "soon"),
        ("a bump on my temple looks inflamed", "soon"),
        ("picking milia, does that inflame the skin", "none"),
        ("the derm squeezed one out, it is red now", "none"),
        ("lumps came up along the incision on my lid", "soon"),
        ("can milia form along stitches", "none"),
        ("what are the bumps on my eyelids", "soon"),
        ("three bumps on my lower lid", "soon"),
        ("three milia on my lower lid", "none"),
        ("I suppose these are cholesterol bumps on my lid", "soon"),
        ("do cholesterol bumps come on eyelids", "none"),
        ("is this bump cancer", "soon"),
        ("my bump is white, could it be basal cell carcinoma", "soon"),
        ("pearly bump on my nose and I worry about cancer", "soon"),
        ("the doctor said my bump is not cancer", "none"),
        ("are milia precancerous", "none"),
        ("milia precancer", "none"),
        ("can milia become cancer", "none"),
        ("my doctor's tretinoin gave me burns on the chin", "soon"),
        ("tretinoin and now my chin is raw and weeping", "today"),
        ("I have a scar after the laser", "soon"),
        ("can laser leave a scar", "none"),
        ("my spots won't go", "none"),
        ("these white spots on my skin don't disappear", "none"),
        ("I can't stop thinking about the white dot", "none"),
        ("I did it myself with a needle", "none"),
        ("I have a pea-sized bump under my eye", "none"),
        ("there is a hole where I picked it", "none"),
        ("my eyelid is puffy after I popped it", "today"),
        ("my eyelid is fat since I popped the milium", "today"),
        ("the blurb says it is good for eyes", "none"),
        ("what about drops sold as milia remover", "none"),
        ("is the thing on my lip serious? it bleeds sometimes", "soon"),
        ("Can it be the cream? I am wheezing", "emergency"),
        ("red and painful around the bump. Would adapalene shift it?", "today"),
        ("her spots don't fade under a glass", "emergency"),
        ("lots of white dots on my daughter, she is 3 weeks old", "none"),
        ("lots of white dots on my daughter, she is six", "soon"),
    ],
)
def test_each_matter_gets_its_own_urgency(text, urgency):
    assert detect(text).urgency == urgency


words = sorted({term for terms in lexicon().groups.values() for term in terms})


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(words), max_size=25).map(" ".join)))
def test_any_text_gives_flags_whose_spans_lie_in_it(text):
    finding = detect(text)
    assert finding.urgency in LEVELS
    known = {flag.id: flag.level for flag in (*red_flags(), *sounds())}
    assert len({flag.flag for flag in finding.flags}) == len(finding.flags)
    for flag in finding.flags:
        assert isinstance(flag, Flag)
        assert known[flag.flag] == flag.level
        assert 0 <= flag.span[0] < flag.span[1] <= len(text)
    counted = [LEVELS.index(flag.level) for flag in finding.flags if not flag.negated]
    assert LEVELS.index(finding.urgency) == max(counted, default=0)


@pytest.mark.parametrize("piece", ["not ", "eye ", "no, ", "can it is "])
def test_time_grows_no_faster_than_the_text(piece):
    def seconds(length):
        text = (piece * length)[:length]
        # another text each time, so that no answer is remembered; timeit keeps the collector of garbage out of it
        texts = iter([text, text + " ", text + "  "])
        return min(repeat(lambda: detect(next(texts)), number=1, repeat=3, timer=time.process_time))

    # four times the text may take six times as long: a square would take sixteen
    assert seconds(8_000) < 6 * seconds(2_000) + 0.05
