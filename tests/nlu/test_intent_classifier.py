from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.tokenizers.spacy_tokenizer import SpacyTokenizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.follow_ups import beside
from assistant.nlu.intent_classifier import ALONE, BESIDE, GuideIntentClassifier
from assistant.nlu.intent_model import LINEAR, NEIGHBOURS
from assistant.nlu.sentence_featurizer import SentenceFeaturizer

PHRASES = {
    "duration": [
        "how long do they last",
        "do milia go away by themselves",
        "when will the bumps be gone",
        "how many weeks",
    ],
    "eye_area": ["bumps under my eyes", "white dots on the eyelid", "milia near my eye", "around the eyes"],
    "thank": ["thanks", "thank you so much", "cheers for that", "great, thanks a lot"],
}


class Pipeline:
    """The featurizers before the classifier, driven as Rasa drives them, and the classifier's place to keep things."""

    def __init__(self, storage: LocalModelStorage, context: ExecutionContext, encoder: Path) -> None:
        self.storage, self.context, self.resource = storage, context, Resource("classifier")
        self._tokenizer = SpacyTokenizer(SpacyTokenizer.get_default_config())
        self._language = spacy.blank("en")
        dense = {**SentenceFeaturizer.get_default_config(), "encoder": str(encoder)}
        self._dense = SentenceFeaturizer.create(dense, storage, Resource("dense"), context)
        config = {**CountVectorsFeaturizer.get_default_config(), "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 3}
        self._sparse = CountVectorsFeaturizer.create(config, storage, Resource("sparse"), context)
        self._learnt = False

    def training_data(self) -> TrainingData:
        data = TrainingData([Message({TEXT: text, INTENT: name}) for name, texts in PHRASES.items() for text in texts])
        self._tokenize(data.training_examples)
        if not self._learnt:
            self._sparse.train(data)
            self._learnt = True
        self._sparse.process_training_data(data)
        return self._dense.process_training_data(data)

    def featurized(self, *texts: str) -> list[Message]:
        messages = [Message({TEXT: text}) for text in texts]
        self._tokenize(messages)
        return self._sparse.process(self._dense.process(messages))

    def _tokenize(self, messages: list[Message]) -> None:
        for message in messages:
            message.set(SPACY_DOCS[TEXT], self._language(message.get(TEXT)))
        self._tokenizer.process(messages)

    def trained(self, resource: str = "classifier", **config: Any) -> GuideIntentClassifier:
        place = Resource(resource)
        settings = {**GuideIntentClassifier.get_default_config(), **config}
        classifier = GuideIntentClassifier.create(settings, self.storage, place, self.context)
        assert classifier.train(self.training_data()) == place
        return classifier

    def loaded(self) -> GuideIntentClassifier:
        config = GuideIntentClassifier.get_default_config()
        return GuideIntentClassifier.load(config, self.storage, self.resource, self.context)


@pytest.fixture
def pipeline(model_storage: LocalModelStorage, context: ExecutionContext, encoder_folder: Path) -> Pipeline:
    return Pipeline(model_storage, context, encoder_folder)


def rankings(classifier: GuideIntentClassifier, messages: list[Message]) -> list[Any]:
    return [message.get(INTENT_RANKING_KEY) for message in classifier.process(messages)]


def test_phrases_and_their_like_get_their_intent(pipeline: Pipeline) -> None:
    messages = pipeline.trained().process(pipeline.featurized("will milia go away", "dots below my eye", "many thanks"))
    assert [message.get(INTENT)["name"] for message in messages] == ["duration", "eye_area", "thank"]


def test_the_ranking_begins_with_the_intent_and_falls_to_a_sum_of_one(pipeline: Pipeline) -> None:
    (message,) = pipeline.trained().process(pipeline.featurized("how long"))
    ranking = message.get(INTENT_RANKING_KEY)
    shares = [entry["confidence"] for entry in ranking]
    assert message.get(INTENT) == ranking[0]
    assert {entry["name"] for entry in ranking} == set(PHRASES)
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1.0, abs=1e-5)
    assert {INTENT, INTENT_RANKING_KEY} <= set(message.as_dict(only_output_properties=True))


def test_the_ranking_is_as_long_as_it_is_set(pipeline: Pipeline) -> None:
    (ranking,) = rankings(pipeline.trained(ranking_length=2), pipeline.featurized("how long"))
    assert len(ranking) == 2


def test_what_was_stored_predicts_the_same(pipeline: Pipeline) -> None:
    texts = ("will it go away", "my eyes", "thanks", "something else altogether")
    before = rankings(pipeline.trained(), pipeline.featurized(*texts))
    assert rankings(pipeline.loaded(), pipeline.featurized(*texts)) == before


def test_the_models_are_files_without_pickle(pipeline: Pipeline) -> None:
    pipeline.trained()
    with pipeline.storage.read_from(pipeline.resource) as folder:
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert set(files) == {f"{model}/{part}" for model in (ALONE, BESIDE) for part in (LINEAR, NEIGHBOURS)}
    for header in files.values():
        # safetensors: the length of a JSON header, then the header
        assert header[8:9] == b"{"
        assert int.from_bytes(header[:8], "little") < len(header)


def test_a_text_beside_a_topic_is_read_by_the_model_that_learnt_from_such(pipeline: Pipeline) -> None:
    classifier = pipeline.trained()
    text = beside("how long", "around the eyes")
    models = classifier._models
    models[BESIDE].labels = [f"beside {label}" for label in models[BESIDE].labels]
    (plain,), (in_context,) = (
        rankings(classifier, pipeline.featurized("how long")),
        rankings(classifier, pipeline.featurized(text)),
    )
    assert not plain[0]["name"].startswith("beside ")
    assert in_context[0]["name"].startswith("beside ")


def test_training_twice_gives_the_same_bytes(pipeline: Pipeline) -> None:
    contents = []
    for name in ("first", "second"):
        pipeline.trained(name)
        with pipeline.storage.read_from(Resource(name)) as folder:
            contents.append([path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()])
    assert len(contents[0]) == 4
    assert contents[0] == contents[1]


@pytest.mark.parametrize("text", ["", " ", "\n", "\u2003"])
def test_a_message_without_words_has_no_intent(pipeline: Pipeline, text: str) -> None:
    classifier = pipeline.trained()
    empty, other = classifier.process([*pipeline.featurized(text), *pipeline.featurized("thanks")])
    assert empty.get(INTENT) == {"name": None, "confidence": 0.0}
    assert empty.get(INTENT_RANKING_KEY) == []
    assert other.get(INTENT)["name"] == "thank"


@pytest.mark.parametrize("text", ["\U0001f600", "\u0416\u0416\u0416", "12345", "x" * 3000])
def test_a_message_of_nothing_known_has_a_ranking(pipeline: Pipeline, text: str) -> None:
    (ranking,) = rankings(pipeline.trained(), pipeline.featurized(text))
    assert np.isfinite([entry["confidence"] for entry in ranking]).all()
    assert len(ranking) == len(PHRASES)


def test_training_data_pass_through_unchanged(pipeline: Pipeline) -> None:
    data = pipeline.training_data()
    assert pipeline.trained().process_training_data(data) is data
