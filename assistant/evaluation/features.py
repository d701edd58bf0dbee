"""The features of the pipeline without Rasa: the same vectors and n-grams, for folds trained in seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from assistant.files import MODELS, ROOT, read_yaml
from assistant.nlu.encoder import SentenceEncoder
from assistant.nlu.linear_model import Array

ENCODER = MODELS / "encoder"
COUNTS = "CountVectorsFeaturizer"
CLASSIFIER = "assistant.nlu.intent_classifier.GuideIntentClassifier"

_NUMBER = re.compile(r"\b[0-9]+\b")


@dataclass(frozen=True)
class Settings:
    """What of `config.yml` decides an intent. `strength` is the inverse of the regularisation.

    `vectors` is false only where sentence vectors are left out to see what they are worth.
    """

    graph: str
    ngrams: tuple[int, int]
    min_df: int
    strength: float
    ngram_weight: float
    neighbour_weight: float
    vectors: bool = True


def settings(config: Path = ROOT / "config.yml") -> Settings:
    """Return what the pipeline in `config` is set to; raise KeyError where one of its parts is missing."""
    from assistant.nlu.intent_classifier import GuideIntentClassifier
    from assistant.nlu.sentence_featurizer import SentenceFeaturizer

    pipeline = {entry["name"]: entry for entry in read_yaml(config)["pipeline"]}
    classifier: dict[str, Any] = {**GuideIntentClassifier.get_default_config(), **pipeline[CLASSIFIER]}
    encoder = {
        **SentenceFeaturizer.get_default_config(),
        **pipeline[f"{SentenceFeaturizer.__module__}.SentenceFeaturizer"],
    }
    counts = pipeline[COUNTS]
    return Settings(
        graph=encoder["graph"],
        ngrams=(counts["min_ngram"], counts["max_ngram"]),
        min_df=counts["min_df"],
        strength=classifier["strength"],
        ngram_weight=classifier["ngram_weight"],
        neighbour_weight=classifier["neighbour_weight"],
    )


def encode(texts: Sequence[str], graph: str, folder: Path = ENCODER) -> Array:
    """Return one vector of length 1 a text (texts x 384)."""
    return SentenceEncoder(folder, graph).encode(texts)


class Ngrams:
    """Counts character n-grams as Rasa's CountVectorsFeaturizer does with `char_wb`."""

    def __init__(self, ngrams: tuple[int, int], min_df: int) -> None:
        """Count n-grams of these two lengths and all between that at least `min_df` phrases have."""
        self._vectorizer = CountVectorizer(analyzer="char_wb", ngram_range=ngrams, min_df=min_df, lowercase=False)

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn the n-grams of `texts` and return their counts (texts x n-grams)."""
        return csr_matrix(self._vectorizer.fit_transform([as_counted(text) for text in texts]))

    def count(self, texts: Sequence[str]) -> csr_matrix:
        """Return the counts (texts x n-grams) of the n-grams that were learnt."""
        return csr_matrix(self._vectorizer.transform([as_counted(text) for text in texts]))


def as_counted(text: str) -> str:
    """Return `text` as Rasa counts it: spaCy's tokens in lower case, a space between them, numbers made one word."""
    words = [token.text for token in _tokenizer()(text) if token.text.strip()]
    return " ".join(_NUMBER.sub("__NUMBER__", word).lower() for word in words)


@lru_cache(maxsize=1)
def _tokenizer() -> Callable[[str], Iterable[Any]]:
    import spacy  # pulls in TensorFlow: seconds

    return spacy.blank("en").tokenizer
