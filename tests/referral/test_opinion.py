"""The second opinion: what it reads, that it only makes a message more urgent, and that it fits its messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation import opinion as learn
from assistant.referral import LEVELS, advice, detect, detector, flags, opinion, region
from assistant.referral.detector import by_rules, sound
from assistant.referral.opinion import Weights


def test_parts_of_words_and_runs_of_words_are_what_is_weighed():
    assert opinion.parts("Lip!") == {"<li", "lip", "ip>", "<lip", "lip>", "<lip>"}
    assert opinion.runs("swollen lip") == {"[swollen]", "[lip]", "[swollen lip]"}


def test_what_is_denied_past_or_supposed_weighs_nothing():
    assert "[swollen]" not in opinion.runs("it is not swollen")
    assert "[bleeding lump]" not in opinion.runs("what if it is a bleeding lump")


def test_shares_sum_to_one_and_follow_the_weights():
    heavy = Weights((0, 0, 0, 0, 0), {"[pus]": (0, 0, 300, 0, 0)})
    shares = opinion.shares("pus", heavy)
    assert sum(shares) == pytest.approx(1)
    assert shares[opinion.CLASSES.index("today")] == max(shares) > opinion.shares("dust", heavy)[2]


@pytest.mark.parametrize(
    ("shares", "raised"),
    [
        ((1, 0, 0, 0, 0), None),
        ((0.4, 0.6, 0, 0, 0), None),
        ((0.1, 0.9, 0, 0, 0), "sounds_soon"),
        ((0.1, 0.0, 0.9, 0, 0), "sounds_today"),
        ((0.1, 0.0, 0.5, 0.4, 0), "sounds_today"),
        ((0.0, 0.0, 0.0, 1, 0), "sounds_emergency"),
        ((0.0, 0.0, 0.0, 0.5, 0.5), "sounds_emergency"),
        ((0.0, 0.0, 0.0, 0, 1), "sounds_crisis"),
    ],
)
def test_the_most_urgent_flag_that_is_likely_enough_is_raised(shares, raised):
    found = sound(shares)
    assert (found.id if found else None) == raised


@pytest.fixture
def hears(monkeypatch):
    """Have the second opinion hear one class, whatever is written."""

    def hear(kind):
        monkeypatch.setattr(opinion, "shares", lambda text: tuple(float(kind == one) for one in opinion.CLASSES))

    return hear


def test_it_makes_a_message_more_urgent_and_is_said_so(hears):
    hears("today")
    found = detect("something is odd with it since then")
    assert (found.urgency, [flag.flag for flag in found.flags]) == ("today", ["sounds_today"])
    assert "today" in advice(found, region("uk")).text


def test_a_short_answer_is_left_to_the_rules(hears):
    hears("emergency")
    assert detect("small, white, firm").urgency == "none"


def test_it_never_makes_a_message_less_urgent(hears):
    text = "my lips swell and I cannot breathe"
    hears("none")
    assert detect(text) == by_rules(text)
    hears("soon")
    assert detect(text) == by_rules(text)


def test_a_crisis_is_heard_in_what_the_rules_take_for_another_emergency(hears):
    hears("crisis")
    found = detect("my lips swell and I cannot breathe")
    assert found.crisis
    assert region("uk").crisis_line in advice(found, region("uk")).text


def test_an_emergency_that_only_sounds_so_is_followed_by_the_answer(hears):
    hears("emergency")
    assert not advice(detect("something is odd with it since then"), region("uk")).alone


@pytest.mark.parametrize("kind", opinion.CLASSES[1:])
def test_every_class_has_a_flag_with_an_advice_of_its_level(kind):
    raised = sound([float(kind == one) for one in opinion.CLASSES])
    assert raised.level == ("emergency" if kind == "crisis" else kind)
    assert raised.crisis == (kind == "crisis")
    assert raised.level in LEVELS


def test_the_weights_are_learnt_from_the_messages_that_are_there():
    head = next(line for line in opinion.FILE.read_text().splitlines() if line.startswith("# messages"))
    assert head.split()[-1] == learn.digest(learn.messages()), "run python -m assistant.evaluation.opinion"


def test_weights_are_read_as_they_were_written(tmp_path):
    written = Weights((1, 2, 3, 4, 5), {"<ab": (0, -1, 0, 0, 7), "[a b]": (1, 0, 0, 0, 0)})
    opinion.write(written, ["a note"], tmp_path / "o.tsv")
    opinion.load.cache_clear()
    assert opinion.load(tmp_path / "o.tsv") == written
    opinion.load.cache_clear()


def test_a_line_with_too_few_weights_is_refused(tmp_path):
    (tmp_path / "o.tsv").write_text("\t0\t0\t0\t0\t0\n<ab\t1\n")
    opinion.load.cache_clear()
    with pytest.raises(ValueError, match="'<ab' has not 5 weights"):
        opinion.load(tmp_path / "o.tsv")


def test_learning_finds_what_tells_the_classes_apart():
    examples = [
        learn.Example(f"{word} {number}", kind)
        for number in range(8)
        for word, kind in [
            ("calm", "none"),
            ("itchy", "soon"),
            ("pussy", "today"),
            ("choking", "emergency"),
            ("gun", "crisis"),
        ]
    ]
    learnt = learn.learn(examples)
    for word, kind in [("calm", "none"), ("itchy", "soon"), ("choking", "emergency"), ("gun", "crisis")]:
        shares = opinion.shares(word, learnt)
        assert opinion.CLASSES[shares.index(max(shares))] == kind


@given(st.text(max_size=400))
def test_any_text_has_shares(text):
    assert sum(opinion.shares(text)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"level": "none"}, "level must be"),
        ({"least": 0.3}, "least must be a share"),
        ({"least": 1.2}, "least must be"),
    ],
)
def test_a_flag_of_the_second_opinion_that_cannot_be_used_is_refused(change, reason):
    good = {"id": "x", "level": "soon", "advice": "x", "least": 0.8, "sources": ["p01"]}
    with pytest.raises(flags.BadFlag, match=f"x: .*{reason}"):
        flags._sound({**good, **change})


def test_the_rules_alone_know_nothing_of_it(hears):
    hears("today")
    assert by_rules("something is odd with it since then") == detector.Finding()
