"""The decision of the triage form: every combination of answers has a result, and no answer more lowers it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import guide, referral
from assistant.files import DATA, read_yaml
from assistant.guide.checks.platforms import PLATFORMS
from assistant.guide.checks.sizes import PLACEHOLDERS
from assistant.referral.flags import LEVELS

TRIAGE = referral.triage()
CHOICES = {question.id: [choice.id for choice in question.choices] for question in TRIAGE.questions}
WORDS = {name: "x" * length for name, length in PLACEHOLDERS.items()}
LONGEST = min(platform.text for platform in PLATFORMS)

CALM = {
    "who": ["adult"],
    "where": ["face"],
    "how_long": ["years"],
    "changed": ["nothing"],
    "looks": ["typical"],
    "tried": ["nothing"],
}
# One or several choices a question, or the question skipped, or (None) not asked yet.
ANY = st.fixed_dictionaries(
    {
        question: st.none() | st.just([referral.SKIPPED]) | st.lists(st.sampled_from(names), min_size=1, unique=True)
        for question, names in CHOICES.items()
    }
).map(lambda answers: {question: names for question, names in answers.items() if names})


def rank(level: str) -> int:
    return LEVELS.index(level)


def combinations() -> Iterator[dict[str, list[str]]]:
    """Give every way to tap through the form, skipping included: 163,296."""
    tapped = [[*names, referral.SKIPPED] for names in CHOICES.values()]
    for combination in itertools.product(*tapped):
        yield {question: [name] for question, name in zip(CHOICES, combination, strict=True)}


def decided(**answers: str) -> referral.Result:
    return referral.conclude({**CALM, **{question: names.split("+") for question, names in answers.items()}})


def test_every_combination_has_a_result_that_fits_every_platform() -> None:
    seen: dict[str, int] = {}
    texts: dict[tuple[object, ...], referral.Result] = {}
    for answers in combinations():
        result = referral.conclude(answers)
        seen[result.level] = seen.get(result.level, 0) + 1
        key = (result.says, result.provider, len(" ".join([*result.facts, *result.unknown, *result.notes])))
        texts.setdefault(key, result)
    assert sum(seen.values()) == 163_296
    assert set(seen) == set(LEVELS)
    for result in texts.values():
        assert 0 < len(referral.result_text(result, WORDS)) <= LONGEST
        assert 0 < len(referral.companion_text(result, WORDS)) <= LONGEST


@settings(max_examples=400, deadline=None)
@given(ANY, st.sampled_from(sorted(CHOICES)), st.data())
def test_an_answer_more_never_lowers_the_level(
    answers: Mapping[str, list[str]], question: str, data: st.DataObject
) -> None:
    more = data.draw(st.sampled_from(CHOICES[question]))
    added = {**answers, question: [*answers.get(question, []), more]}
    assert rank(referral.level(added)) >= rank(referral.level(answers))


@settings(max_examples=400, deadline=None)
@given(ANY, st.sampled_from(sorted(CHOICES)))
def test_a_skipped_question_never_lowers_what_is_known(answers: Mapping[str, list[str]], question: str) -> None:
    known = {name: given for name, given in answers.items() if name != question}
    skipped = {**known, question: [referral.SKIPPED]}
    assert rank(referral.level(skipped)) >= rank(referral.level(known))
    assert rank(referral.conclude(skipped).level) >= rank(referral.level(known))
    assert TRIAGE.question(question).unknown in referral.conclude(skipped).unknown


@settings(max_examples=300, deadline=None)
@given(ANY, st.sampled_from(LEVELS))
def test_red_flags_are_the_least_that_it_comes_to(answers: Mapping[str, list[str]], floor: str) -> None:
    result = referral.conclude(answers, floor)
    assert rank(result.level) == max(rank(floor), rank(referral.conclude(answers).level))


def test_every_pair_of_choices_of_one_question_is_as_urgent_as_the_more_urgent_one() -> None:
    for question, names in CHOICES.items():
        for one, other in itertools.permutations(names, 2):
            both = rank(decided(**{question: f"{one}+{other}"}).level)
            assert both >= rank(decided(**{question: one}).level), (question, one, other)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({}, "elective"),
        ({"who": "baby", "how_long": "weeks"}, "none"),
        ({"who": "baby", "how_long": "months"}, "elective"),
        ({"who": "child", "how_long": "months"}, "soon"),
        ({"where": "eyelid"}, "soon"),
        ({"where": "genitals"}, "soon"),
        ({"looks": "other"}, "soon"),
        ({"looks": referral.SKIPPED}, "soon"),
        ({"looks": "dip"}, "soon"),
        ({"changed": "grows"}, "soon"),
        ({"changed": "bleeds"}, "soon"),
        ({"changed": "irritated"}, "soon"),
        ({"changed": "irritated", "where": "around_eyes"}, "today"),
        ({"changed": "inflamed"}, "today"),
        ({"changed": "ill"}, "today"),
        ({"looks": "blister"}, "today"),
        ({"who": "weak_immunity"}, "soon"),
        ({"who": "weak_immunity", "changed": "irritated"}, "today"),
        ({"who": "pregnancy", "tried": "isotretinoin"}, "today"),
        ({"tried": "steroid"}, "soon"),
        ({"changed": "sight"}, "emergency"),
        ({"who": "baby", "changed": "ill"}, "emergency"),
        ({"who": "baby", "looks": "blister"}, "emergency"),
        ({"who": "child", "where": "eyelid", "changed": "inflamed"}, "emergency"),
        ({"changed": "ill+inflamed"}, "emergency"),
    ],
)
def test_the_scale(answers: dict[str, str], level: str) -> None:
    assert decided(**answers).level == level


@pytest.mark.parametrize(
    ("answers", "who"),
    [
        ({}, "aesthetician"),
        ({"who": "baby"}, "pediatrician"),
        ({"who": "baby", "changed": "irritated"}, "baby's doctor or"),
        ({"who": "child"}, "child's doctor"),
        ({"where": "eyelid"}, "eye doctor who treats lids"),
        ({"where": "eyelid", "changed": "inflamed"}, "eye clinic"),
        ({"where": "genitals"}, "sexual health clinic"),
        ({"tried": "steroid"}, "prescribed the steroid"),
        ({"changed": "grows"}, "dermatologist"),
    ],
)
def test_whom_to_see(answers: dict[str, str], who: str) -> None:
    assert who in decided(**answers).provider


def test_no_salon_is_named_for_a_lid_a_child_or_what_should_be_seen() -> None:
    for answers in ({"where": "eyelid"}, {"who": "child"}, {"who": "baby"}, {"changed": "grows"}):
        assert "aesthetician" not in decided(**answers).provider


def test_the_reason_is_what_the_level_rests_on_in_the_visitors_own_answers() -> None:
    result = decided(where="eyelid", changed="grows")
    assert result.facts == ["it is on an eyelid or its edge", "it has grown or changed its color"]
    assert "You told me: it is on an eyelid or its edge and it has grown" in referral.result_text(result, WORDS)


def test_what_was_not_known_is_said() -> None:
    text = referral.result_text(referral.conclude({"who": ["adult"], "changed": ["grows"]}), WORDS)
    assert "I do not know where it is, how long it has been there, what it looks like or what was tried." in text


def test_an_emergency_is_nothing_but_its_sentence() -> None:
    text = referral.result_text(decided(changed="sight", where="eyelid"), WORDS)
    assert text == decided(changed="sight").says.format_map(WORDS)


def test_the_summary_has_a_line_for_each_question() -> None:
    text = referral.companion_text(decided(tried=referral.SKIPPED), WORDS)
    assert "- About: Teenager or adult\n- Where: Elsewhere on face\n- There for: Over a year\n" in text
    assert "- Tried: not said" in text


def test_a_price_is_never_named() -> None:
    for line in [*(one.says for one in TRIAGE.cost), *(one.says for one in TRIAGE.asks)]:
        assert not any(character.isdigit() or character in "$€£" for character in line)


def test_the_form_is_over_when_all_is_answered_or_enough_is_known() -> None:
    assert referral.enough(CALM)
    assert not referral.enough({**CALM, "tried": []})
    assert referral.enough({"changed": ["inflamed"]})
    assert not referral.enough({"changed": ["grows"]}, "soon")
    assert referral.enough({}, "today")


def test_every_source_that_it_cites_is_known() -> None:
    cited = {source for answers in ({}, {"changed": "sight"}, {"who": "baby"}) for source in decided(**answers).sources}
    assert cited <= set(guide.load().sources)


def test_the_spans_of_a_time_are_choices_of_its_question() -> None:
    spans = read_yaml(DATA / "referral" / "durations.yml")["spans"]
    assert [*spans, "birth"] == CHOICES["how_long"]


def test_what_the_file_must_hold_is_told_where_it_does_not() -> None:
    read = read_yaml(DATA / "referral" / "triage.yml")
    for broken in (
        {**read, "rules": [{"level": "soon", "when": ["who.nobody"], "sources": ["p01"]}]},
        {**read, "providers": read["providers"][:1]},
        {**read, "levels": {"none": read["levels"]["none"]}},
        {**read, "questions": [*read["questions"][:5], read["questions"][0]]},
    ):
        with pytest.raises(referral.BrokenTriage, match=r"triage\.yml"):
            referral.checked(broken)
