"""Builds the MiniLM sentence encoder as an int8 ONNX graph from its safetensors weights.

One text at a time, so there is no padding and no attention mask: a vector depends on its text
alone. Architecture: Devlin et al. 2019 (BERT); Wang et al. 2020 (MiniLM); mean pooling and unit
length as the published sentence encoder prescribes.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

LAYERS, HEADS, WIDTH = 6, 12, 384
HEAD = WIDTH // HEADS
EPSILON = 1e-12


class _Graph:
    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, op: str, *inputs: str, **attributes: Any) -> str:
        out = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [out], **attributes))
        return out

    def weight(self, name: str, transpose: bool = False) -> str:
        value = self.weights[name].astype(np.float32)
        return self.constant(name, value.T if transpose else value)

    def dense(self, x: str, name: str) -> str:
        product = self.add("MatMul", x, self.weight(f"{name}.weight", transpose=True))
        return self.add("Add", product, self.weight(f"{name}.bias"))

    def norm(self, x: str, name: str) -> str:
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)


def _embeddings(g: _Graph) -> str:
    words = g.add("Gather", g.weight("embeddings.word_embeddings.weight"), "ids")
    positions = g.add("Gather", g.weight("embeddings.position_embeddings.weight"), "positions")
    kind = g.weights["embeddings.token_type_embeddings.weight"][0].astype(np.float32)
    total = g.add("Add", g.add("Add", words, positions), g.constant("token_type", kind))
    return g.norm(total, "embeddings.LayerNorm")


def _attention(g: _Graph, x: str, name: str) -> str:
    split = g.constant("split", np.array([-1, HEADS, HEAD], np.int64))
    join = g.constant("join", np.array([-1, WIDTH], np.int64))
    scale = g.constant("scale", np.array(HEAD**-0.5, np.float32))

    def heads(part: str, perm: list[int]) -> str:
        dense = g.dense(x, f"{name}.self.{part}")
        return g.add("Transpose", g.add("Reshape", dense, split), perm=perm)

    scores = g.add("MatMul", heads("query", [1, 0, 2]), heads("key", [1, 2, 0]))
    weights = g.add("Softmax", g.add("Mul", scores, scale), axis=-1)
    mixed = g.add("MatMul", weights, heads("value", [1, 0, 2]))
    flat = g.add("Reshape", g.add("Transpose", mixed, perm=[1, 0, 2]), join)
    return g.norm(
        g.add("Add", g.dense(flat, f"{name}.output.dense"), x), f"{name}.output.LayerNorm"
    )


def _layer(g: _Graph, x: str, index: int) -> str:
    name = f"encoder.layer.{index}"
    x = _attention(g, x, f"{name}.attention")
    wide = g.add("Gelu", g.dense(x, f"{name}.intermediate.dense"))
    return g.norm(
        g.add("Add", g.dense(wide, f"{name}.output.dense"), x), f"{name}.output.LayerNorm"
    )


def build(safetensors: Path) -> onnx.ModelProto:
    """The float32 graph: ids and positions, int64 (tokens,) → vector, float32 (384,), length 1."""
    g = _Graph(load_file(str(safetensors)))
    x = _embeddings(g)
    for index in range(LAYERS):
        x = _layer(g, x, index)
    mean = g.add("ReduceMean", x, g.constant("axis", np.array([0], np.int64)), keepdims=0)
    length = g.add("ReduceL2", mean, g.constant("axis0", np.array([0], np.int64)), keepdims=1)
    g.nodes.append(helper.make_node("Div", [mean, length], ["vector"]))
    inputs = [
        helper.make_tensor_value_info(n, TensorProto.INT64, ["tokens"])
        for n in ("ids", "positions")
    ]
    output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [WIDTH])
    graph = helper.make_graph(g.nodes, "minilm", inputs, [output], list(g.constants.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.checker.check_model(model)
    return model


def build_int8(safetensors: Path, target: Path) -> None:
    """Write the dynamically quantised graph to `target`, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        plain, small = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        onnx.save(build(safetensors), str(plain))
        logging.disable(logging.WARNING)  # advice for graphs of other makers
        try:
            # 7 bits: with 8, sums overflow on processors without VNNI and vectors differ by machine
            quantize_dynamic(
                plain, small, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
            )
        finally:
            logging.disable(logging.NOTSET)
        small.replace(target)
