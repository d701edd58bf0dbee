from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.nlu.encoder import DIMENSIONS, SentenceEncoder, reference
from assistant.nlu.encoder.architecture import linear
from assistant.nlu.encoder.sentence_encoder import MAX_TOKENS

SENTENCES = [
    "do milia go away by themselves",
    "milia",
    "My baby is three weeks old and has tiny white dots on her nose, is that normal or should I call somebody?",
    "can i use retinol near my eyes",
    "malia on eylid removal at home",
    "thank you",
]
ODD = ["", " ", "\n\t", "?", "...", "\u200b", "\x00", "\U0001f476\U0001f3fd\u200d\u2764", "\U0001f600" * 3, "12-15 %"]
SCRIPTS = ["что такое милиумы", "ما هي الدخينات", "稗粒腫とは何ですか", "밀리아", "मिलिया क्या है", "Hirsekörner, ça va?"]
LONG = "little white bumps under my eyes and on my cheeks that will not go away whatever I put on them " * 12
WORDS = st.lists(st.sampled_from(" ".join(SENTENCES).split()), max_size=30).map(" ".join)
ANY = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)

# The build allows as much between the graph and the reference.
TOLERANCE = 1e-4


def off_by(encoder: SentenceEncoder, weights: Mapping[str, Any], texts: list[str]) -> float:
    return float(np.abs(encoder.encode(texts) - reference.encode(weights, *encoder.tokens(texts))).max())


@pytest.mark.parametrize("texts", [SENTENCES, ODD, SCRIPTS], ids=["sentences", "odd", "scripts"])
def test_the_graph_equals_the_reference(exact: SentenceEncoder, merged: Mapping[str, Any], texts: list[str]) -> None:
    assert off_by(exact, merged, texts) < TOLERANCE


@settings(max_examples=25, deadline=None)
@given(text=st.one_of(WORDS, ANY))
def test_the_graph_equals_the_reference_on_any_text(
    exact: SentenceEncoder, merged: Mapping[str, Any], text: str
) -> None:
    assert off_by(exact, merged, [text]) < TOLERANCE


def test_a_text_that_is_too_long_is_cut_and_still_equals_the_reference(
    exact: SentenceEncoder, merged: Mapping[str, Any]
) -> None:
    ids, mask = exact.tokens([LONG])
    assert ids.shape == mask.shape == (1, MAX_TOKENS)
    assert off_by(exact, merged, [LONG]) < TOLERANCE
    np.testing.assert_array_equal(exact.encode([LONG]), exact.encode([LONG + "and something else"]))


def test_padding_changes_nothing_in_the_graph_and_in_the_reference(
    exact: SentenceEncoder, merged: Mapping[str, Any]
) -> None:
    alone = reference.encode(merged, *exact.tokens(["milia"]))
    among = reference.encode(merged, *exact.tokens(["milia", SENTENCES[2]]))
    np.testing.assert_allclose(among[0], alone[0], atol=TOLERANCE)
    inputs = dict(zip(("input_ids", "attention_mask"), exact.tokens(["milia", SENTENCES[2]]), strict=True))
    np.testing.assert_allclose(exact._session.run(None, inputs)[0][0], alone[0], atol=TOLERANCE)


@pytest.mark.parametrize("name", ["exact", "served"])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_vector_does_not_depend_on_the_others(name: str, data: st.DataObject, exact: Any, served: Any) -> None:
    encoder: SentenceEncoder = {"exact": exact, "served": served}[name]
    texts = data.draw(st.lists(st.sampled_from(SENTENCES + ODD + SCRIPTS), min_size=1, max_size=40))
    place = data.draw(st.integers(0, len(texts) - 1))
    np.testing.assert_array_equal(encoder.encode(texts)[place], encoder.encode([texts[place]])[0])


def test_the_order_is_kept(served: SentenceEncoder) -> None:
    forwards, backwards = served.encode(SENTENCES), served.encode(SENTENCES[::-1])
    np.testing.assert_array_equal(forwards, backwards[::-1])
    assert len(np.unique(forwards, axis=0)) == len(SENTENCES)


def test_every_vector_is_of_length_one_and_finite(exact: SentenceEncoder, served: SentenceEncoder) -> None:
    for encoder in (exact, served):
        vectors = encoder.encode(SENTENCES + ODD + SCRIPTS + [LONG])
        assert vectors.dtype == np.float32
        assert vectors.shape[1] == DIMENSIONS
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_text_gives_no_vector(served: SentenceEncoder) -> None:
    assert served.encode([]).shape == (0, DIMENSIONS)


def test_what_is_served_stays_close_to_the_exact_vectors(exact: SentenceEncoder, served: SentenceEncoder) -> None:
    assert ((exact.encode(SENTENCES) * served.encode(SENTENCES)).sum(axis=1) > 0.96).all()


def test_sentences_that_mean_the_same_lie_closer_than_others(served: SentenceEncoder) -> None:
    own, same, other = served.encode(
        ["do milia go away by themselves", "will the white bumps disappear without treatment", "what do you charge"]
    )
    assert own @ same > own @ other + 0.1


def test_threads_may_share_an_encoder(served: SentenceEncoder) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(served.encode, [SENTENCES] * 8))
    for answer in answers:
        np.testing.assert_array_equal(answer, answers[0])


@pytest.mark.parametrize("missing", ["encoder.onnx", "tokenizer.json"])
def test_an_encoder_that_is_not_built_is_said(encoder_folder: Path, tmp_path: Path, missing: str) -> None:
    for name in {"encoder.onnx", "tokenizer.json"} - {missing}:
        (tmp_path / name).symlink_to(encoder_folder / name)
    with pytest.raises(FileNotFoundError, match=rf"not built: .*{missing} is missing. Run `make train`"):
        SentenceEncoder(tmp_path)


def test_the_parts_of_a_layer_are_named_as_published(published: Mapping[str, Any]) -> None:
    for part in ("attention.self.query", "attention.output.dense", "intermediate.dense", "output.dense"):
        assert set(linear(5, part)) <= set(published)
    with pytest.raises(ValueError, match="not a part of a layer"):
        linear(0, "../dense")
