"""Runs the built encoder: text in, sentence vectors out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

DIMENSIONS = 384

# all-MiniLM-L6-v2 was trained on at most 128 word pieces (its tokenizer.json); longer text is cut there.
MAX_TOKENS = 128

# One thread a sentence: on two cores two turns then run side by side, and a sentence of ten words is too small to share
# out (docs/architecture.md has the measurement).
THREADS = int(os.environ.get("ASSISTANT_ENCODER_THREADS", "1"))


class SentenceEncoder:
    """The encoder that was built into a folder. Safe to share between threads."""

    def __init__(self, folder: Path, graph: str = "encoder.onnx", threads: int = THREADS) -> None:
        """Load the graph file named `graph` and the tokenizer from `folder`; raise FileNotFoundError without them."""
        for name in (graph, "tokenizer.json"):
            if not (folder / name).is_file():
                missing = folder / name
                raise FileNotFoundError(f"The sentence encoder is not built: {missing} is missing. Run `make train`.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A spinning thread pool would take the core that the rest of the turn needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The arena keeps the memory of the longest batch for ever: 150 MB after a training run.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(str(folder / graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of 384 numbers, of length 1, for each of `texts`, in their order."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        # One by one: the int8 graph scales by the range of all that it is given, so a sentence's vector would depend on
        # the others of a batch (cosine down to 0.955), and training would see other ones than serving. Cost: a tenth.
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(texts))):
            vectors[row] = self._run(encoding.ids)
        return vectors

    def tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return token ids and mask (texts x longest) as the graph and the reference take them."""
        return padded([encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))])

    def _run(self, token_ids: list[int]) -> NDArray[np.float32]:
        ids, mask = padded([token_ids])
        (vectors,) = self._session.run(["sentence"], {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors[0], dtype=np.float32)


def padded(token_ids: Sequence[Sequence[int]], step: int = 1) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return token ids and mask (sentences x tokens), the number of tokens brought to a multiple of `step`."""
    longest = -(-max(map(len, token_ids)) // step) * step
    ids = np.zeros((len(token_ids), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, sentence in enumerate(token_ids):
        ids[row, : len(sentence)] = sentence
        mask[row, : len(sentence)] = 1
    return ids, mask
