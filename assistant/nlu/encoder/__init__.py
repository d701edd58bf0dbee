"""The sentence encoder all-MiniLM-L6-v2, run by onnxruntime from a graph that is built here from its published weights.

A sentence becomes a vector of 384 numbers of length 1; sentences that mean the same lie close together.
"""

from assistant.nlu.encoder.sentence_encoder import DIMENSIONS, SentenceEncoder

__all__ = ["DIMENSIONS", "SentenceEncoder"]
