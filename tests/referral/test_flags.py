import pytest

from assistant.files import read_yaml
from assistant.referral import flags
from assistant.referral.flags import BadFlag, _flag, lexicon, red_flags

GOOD = {"id": "x", "level": "soon", "sources": ["p01"], "when": [{"signs": ["pus"]}]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"level": "elective"}, "level must be"),
        ({"when": [{"signs": ["nothing_such"]}]}, "no group nothing_such"),
        ({"when": [{"signs": []}]}, "without signs"),
        ({"when": [{"signs": ["pus"], "near": ["pus"]}]}, "nobody knows near"),
        ({"when": [{"signs": ["pus"], "within": "book"}]}, "within is"),
        ({"when": [{"signs": ["pus"], "counts": ["denied"]}]}, "counts"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_with_its_name(change, reason):
    with pytest.raises(BadFlag, match=f"x: .*{reason}"):
        _flag({**GOOD, **change})


def test_every_level_is_used_and_the_file_is_in_their_order():
    levels = [flag.level for flag in red_flags()]
    assert levels == sorted(levels, key=flags.LEVELS.index, reverse=True)
    assert set(levels) == {"soon", "today", "emergency"}


def test_a_crisis_comes_before_every_other_flag():
    assert [flag.crisis for flag in red_flags()] == [True] + [False] * (len(red_flags()) - 1)


def test_every_group_of_words_is_used():
    used = {
        group
        for flag in red_flags()
        for way in flag.ways
        for group in (*way.signs, *way.context, *way.unless, *way.unless_near)
    }
    named = " ".join(term for terms in lexicon().groups.values() for term in terms)
    assert {group for group in lexicon().groups if group not in used and f"{{{group}}}" not in named} == {
        flags.EVERYDAY
    }


def test_no_word_is_both_understood_misspelt_and_a_word_of_its_own():
    spelling = read_yaml(flags.FOLDER / "spelling.yml")
    assert not set(spelling["understood"]) & set(spelling["real"])
