"""Writes the encoder as an ONNX graph from its published weights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from assistant.nlu.encoder.architecture import EPSILON, HEAD_SIZE, HEADS, HIDDEN, LAYERS, linear

# Opset 17 brought LayerNormalization; IR 8 is what onnxruntime 1.17 and onnx 1.16 both write and read.
OPSET = 17
IR_VERSION = 8


class _Graph:
    """Collects nodes and constants; every method returns the name of the value that it made."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        if all(constant.name != name for constant in self.constants):
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operation: str, *inputs: str, **attributes: Any) -> str:
        output = f"{operation.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], **attributes))
        return output

    def numbers(self, *values: int) -> str:
        return self.constant("numbers_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def scalar(self, value: float) -> str:
        return self.constant(f"scalar_{value}", np.array(value, dtype=np.float32))


def build(weights: Mapping[str, NDArray[np.float32]]) -> onnx.ModelProto:
    """Return the graph: `input_ids` and `attention_mask` (int64, sentences x tokens) to `sentence` (x 384).

    Raises onnx.checker.ValidationError where it is no valid graph.
    """
    graph = _Graph()
    hidden = _embed(graph, weights)
    mask = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    bias = _attention_bias(graph, mask)
    for layer in range(LAYERS):
        hidden = _layer(graph, weights, layer, hidden, bias)
    _pool(graph, hidden, mask)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["sentences", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("sentence", TensorProto.FLOAT, ["sentences", HIDDEN])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "sentence_encoder", inputs, [output], graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    onnx.checker.check_model(model)
    return model


def _embed(graph: _Graph, weights: Mapping[str, NDArray[np.float32]]) -> str:
    words = graph.node("Gather", graph.constant("words", weights["embeddings.word_embeddings.weight"]), "input_ids")
    count = graph.node("Slice", graph.node("Shape", "input_ids"), graph.numbers(1), graph.numbers(2))
    # Every sentence is of segment 0, so its embedding is added to the positions once, here.
    positions = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    places = graph.node("Slice", graph.constant("positions", positions), graph.numbers(0), count, graph.numbers(0))
    return _norm(graph, weights, "embeddings.LayerNorm", graph.node("Add", words, places))


def _attention_bias(graph: _Graph, mask: str) -> str:
    absent = graph.node("Sub", graph.scalar(1.0), graph.node("Unsqueeze", mask, graph.numbers(1, 2)))
    return graph.node("Mul", absent, graph.scalar(-10000.0))


def _layer(graph: _Graph, weights: Mapping[str, NDArray[np.float32]], layer: int, hidden: str, bias: str) -> str:
    def dense(part: str, values: str) -> str:
        weight, offset = linear(layer, part)
        product = graph.node("MatMul", values, graph.constant(weight, weights[weight].T))
        return graph.node("Add", product, graph.constant(offset, weights[offset]))

    def heads(values: str, order: list[int]) -> str:
        shaped = graph.node("Reshape", values, graph.numbers(0, 0, HEADS, HEAD_SIZE))
        return graph.node("Transpose", shaped, perm=order)

    query = heads(dense("attention.self.query", hidden), [0, 2, 1, 3])
    key = heads(dense("attention.self.key", hidden), [0, 2, 3, 1])
    value = heads(dense("attention.self.value", hidden), [0, 2, 1, 3])
    scores = graph.node("Div", graph.node("MatMul", query, key), graph.scalar(math.sqrt(HEAD_SIZE)))
    shares = graph.node("Softmax", graph.node("Add", scores, bias), axis=-1)
    context = graph.node("Transpose", graph.node("MatMul", shares, value), perm=[0, 2, 1, 3])
    context = graph.node("Reshape", context, graph.numbers(0, 0, HIDDEN))
    base = f"encoder.layer.{layer}"
    attended = graph.node("Add", dense("attention.output.dense", context), hidden)
    attended = _norm(graph, weights, f"{base}.attention.output.LayerNorm", attended)
    inner = _gelu(graph, dense("intermediate.dense", attended))
    output = graph.node("Add", dense("output.dense", inner), attended)
    return _norm(graph, weights, f"{base}.output.LayerNorm", output)


def _gelu(graph: _Graph, values: str) -> str:
    error = graph.node("Erf", graph.node("Div", values, graph.scalar(math.sqrt(2.0))))
    scaled = graph.node("Mul", values, graph.node("Add", error, graph.scalar(1.0)))
    return graph.node("Mul", scaled, graph.scalar(0.5))


def _norm(graph: _Graph, weights: Mapping[str, NDArray[np.float32]], name: str, values: str) -> str:
    scale = graph.constant(f"{name}.weight", weights[f"{name}.weight"])
    offset = graph.constant(f"{name}.bias", weights[f"{name}.bias"])
    return graph.node("LayerNormalization", values, scale, offset, axis=-1, epsilon=EPSILON)


def _pool(graph: _Graph, hidden: str, mask: str) -> None:
    weighted = graph.node("Mul", hidden, graph.node("Unsqueeze", mask, graph.numbers(2)))
    total = graph.node("ReduceSum", weighted, graph.numbers(1), keepdims=0)
    mean = graph.node("Div", total, graph.node("ReduceSum", mask, graph.numbers(1), keepdims=1))
    length = graph.node("ReduceL2", mean, axes=[1], keepdims=1)
    graph.nodes.append(helper.make_node("Div", [mean, length], ["sentence"]))
