from __future__ import annotations

import numpy as np

from assistant.evaluation.crossvalidation import cross_validate
from assistant.evaluation.features import Ngrams, Settings, as_counted

SETTINGS = Settings(graph="", ngrams=(2, 3), min_df=1, strength=8.0, ngram_weight=0.7, neighbour_weight=0.3)
PHRASES = [(f"how long {number} days", "duration") for number in "abcdef"] + [
    (f"why me {number} though", "causes") for number in "abcdef"
]


def test_every_phrase_is_read_once_and_in_its_place() -> None:
    vectors = np.array([[1, 0]] * 6 + [[0, 1]] * 6, dtype=np.float32)
    readings = cross_validate(PHRASES, vectors, SETTINGS, {"duration": "guide"}, folds=3)
    assert [reading.sample.text for reading in readings] == [text for text, _ in PHRASES]
    assert all(reading.right for reading in readings)
    assert {reading.sample.kind for reading in readings} == {"question", "out_of_scope"}


def test_numbers_count_as_one_word_and_capitals_as_small_letters() -> None:
    assert as_counted("For 12 Days?") == "for __number__ days ?"


def test_ngrams_that_were_not_learnt_are_not_counted() -> None:
    ngrams = Ngrams((2, 2), 1)
    learnt = ngrams.fit(["ab"])
    assert ngrams.count(["ab zz"]).sum() == learnt.sum()
