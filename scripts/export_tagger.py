#!/usr/bin/env python3
"""Write a checkpoint of train_tagger.py as an ONNX model with 8-bit weights, and its tokenizer beside it.

usage: export_tagger.py CHECKPOINT.pt FOLDER [--weights int8|float]

The graph is written out here operator by operator, for one window at a time (ids: pieces), so nothing is left of the
training library's own export. Linear layers keep 8 bits a weight with one scale for every BLOCK weights, and their
inputs get a scale a piece and block when they run: one scale for a whole matrix of inputs lost two points of joint F1,
because a few features are far larger than the rest. Embeddings keep 8 bits and a scale a row. Needs the extra `train`.
"""
import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from train_tagger import ENCODER

from helpers.windows import LIMIT

LAYERS, HEADS, SIZE, BLOCK = 6, 12, 384, 128
OWN = "com.microsoft"  # the runtime's own operators


class Graph:
    """Nodes and weights, collected."""

    def __init__(self, weights: dict[str, np.ndarray], small: bool) -> None:
        self.weights, self.small = weights, small
        self.nodes, self.kept = [], []

    def keep(self, name: str, values: np.ndarray) -> str:
        self.kept.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def op(self, kind: str, *inputs: str, out: str = "", domain: str = "", **attributes) -> str:
        out = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], domain=domain, **attributes))
        return out

    def linear(self, x: str, *names: str, out: str = "") -> str:
        """x @ W.T + b, with the matrices of several layers that read the same input below one another."""
        weight = np.concatenate([self.weights[f"{n}.weight"] for n in names])
        bias = self.keep(names[0] + ".b", np.concatenate([self.weights[f"{n}.bias"] for n in names]))
        rows, columns = weight.shape
        if not self.small:
            return self.op("Add", self.op("MatMul", x, self.keep(names[0] + ".w", weight.T)), bias, out=out)
        parts = weight.reshape(rows, columns // BLOCK, BLOCK)
        scale = np.abs(parts).max(axis=2) / 127
        codes = np.clip(np.rint(parts / scale[..., None]) + 128, 1, 255).astype(np.uint8)
        return self.op("MatMulNBits", x, self.keep(names[0] + ".w", codes), self.keep(names[0] + ".s", scale.ravel()),
                       "", "", bias, out=out, domain=OWN, K=columns, N=rows, bits=8, block_size=BLOCK, accuracy_level=4)

    def rows_of(self, name: str, ids: str) -> str:
        """The rows of an embedding."""
        table = self.weights[name]
        if not self.small:
            return self.op("Gather", self.keep(name, table), ids)
        scale = np.abs(table).max(axis=1, keepdims=True) / 127
        codes = self.keep(name, np.rint(table / scale).astype(np.int8))
        row = self.op("Cast", self.op("Gather", codes, ids), to=TensorProto.FLOAT)
        return self.op("Mul", row, self.op("Gather", self.keep(name + ".s", scale), ids))

    def norm(self, x: str, name: str) -> str:
        return self.op("LayerNormalization", x, self.keep(name + ".w", self.weights[f"{name}.weight"]),
                       self.keep(name + ".b", self.weights[f"{name}.bias"]), axis=-1, epsilon=1e-12)


def graph(weights: dict[str, np.ndarray], small: bool) -> onnx.ModelProto:
    """BERT (Devlin et al. 2019) with the tagger's two heads; `tags` pieces by TAGS, `states` pieces by 4 * WIDTH."""
    g = Graph(weights, small)
    at = "encoder.embeddings"
    kind = weights[f"{at}.token_type_embeddings.weight"][0]
    places = g.keep("places", weights[f"{at}.position_embeddings.weight"][:LIMIT] + kind)
    count = g.op("Shape", "ids")
    zero, flat = g.keep("zero", np.array([0])), g.keep("flat", np.array([1, -1, SIZE]))
    x = g.op("Add", g.rows_of(f"{at}.word_embeddings.weight", "ids"), g.op("Slice", places, zero, count, zero))
    x = g.norm(g.op("Reshape", x, flat), f"{at}.LayerNorm")
    thirds = g.keep("thirds", np.array([SIZE] * 3))
    for n in range(LAYERS):
        at = f"encoder.encoder.layer.{n}"
        both = g.linear(x, *(f"{at}.attention.self.{part}" for part in ("query", "key", "value")))
        parts = [f"{both}.{part}" for part in "qkv"]
        g.nodes.append(helper.make_node("Split", [both, thirds], parts, axis=2))
        seen = g.op("MultiHeadAttention", *parts, domain=OWN, num_heads=HEADS)
        x = g.norm(g.op("Add", x, g.linear(seen, f"{at}.attention.output.dense")), f"{at}.attention.output.LayerNorm")
        wide = g.op("Gelu", g.linear(x, f"{at}.intermediate.dense"))
        x = g.norm(g.op("Add", x, g.linear(wide, f"{at}.output.dense")), f"{at}.output.LayerNorm")
    g.small = False  # the heads are a hundredth of the weights and decide alone
    for head in ("tags", "arcs"):
        g.op("Squeeze", g.linear(x, head), zero, out={"tags": "tags", "arcs": "states"}[head])
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["pieces", weights[f"{head}.bias"].size])
               for name, head in (("tags", "tags"), ("states", "arcs"))]
    made = helper.make_graph(g.nodes, "tagger", [helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"])],
                             outputs, g.kept)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(OWN, 1)],
                              ir_version=10)
    helper.set_model_props(model, {"bias": ";".join(" ".join(map(repr, map(float, row))) for row in weights["bias"])})
    return model


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("checkpoint", type=Path)
    args.add_argument("folder", type=Path)
    args.add_argument("--weights", choices=("int8", "float"), default="int8")
    args = args.parse_args()
    kept = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    weights = {name: values.float().numpy() for name, values in kept.items()}
    args.folder.mkdir(parents=True, exist_ok=True)
    onnx.save(graph(weights, args.weights == "int8"), args.folder / "tagger.onnx")
    shutil.copy(ENCODER / "tokenizer.json", args.folder / "tokenizer.json")


if __name__ == "__main__":
    main()
