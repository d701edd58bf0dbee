"""What the hand-read labels promise: ids only, each once, and one watch list."""

import re

import pytest

from assistant.evaluation.labels import GOLD, SECOND_GOLD, load_gold
from assistant.ingredients.lexicon import load_lexicon

FILES = {GOLD: 100, SECOND_GOLD: 150}
GOLDS = {path: load_gold(path) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_holds_ids_and_no_text(path):
    assert len(GOLDS[path].labels) == FILES[path]
    assert all(re.fullmatch(r"P\d{4}", label) for label in GOLDS[path].labels)


def test_no_label_is_in_both():
    first, second = GOLDS.values()
    assert not first.labels.keys() & second.labels.keys()


def test_both_watch_the_same_names_and_the_lexicon_has_them_all():
    first, second = GOLDS.values()
    assert first.watched == second.watched
    assert first.watched <= {item.inci for item in load_lexicon().ingredients}
