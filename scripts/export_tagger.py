#!/usr/bin/env python3
"""Write a checkpoint of train_tagger.py as an ONNX model with 8-bit weights, and its tokenizer beside it.

usage: export_tagger.py CORPUS CHECKPOINT.pt FOLDER [--weights int8|float]

The graph is written out here operator by operator, for one window at a time (ids and kinds: pieces), so nothing is left
of the training library's own export. Plain dynamic 8-bit weights lose joint F1, because a few features are far larger than the
rest and all share one scale. So inputs are first evened out by feature, the weights the other way (SmoothQuant, Xiao et
al. 2023), by what articles of CORPUS/train show; of the widest layer's inputs, whose outliers are too rare for that, the
OUTLIERS largest are put first and stay floats (LLM.int8, Dettmers et al. 2022). Embeddings keep a scale a row. Last, every tag but O gets the offset
that does best on CORPUS/dev, in steps of a half: the loss in training weighs words, the figures weigh spans. Needs the
extra `train`.
"""
import argparse
import collections
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from train_tagger import ENCODER, scorer

from helpers import decoding, tagger, windows

LAYERS, HEADS, SIZE, OUTLIERS = 6, 12, 384, 64
EVEN = 0.7  # how much of the unevenness goes over to the weights
SAMPLE = 60  # every so-manieth article is read to see how large the inputs get
OWN = "com.microsoft"  # the runtime's own operators


class Graph:
    """Nodes and weights, collected. `largest`: the size of every input feature of a layer; without it, floats."""

    def __init__(self, weights: dict[str, np.ndarray], largest: dict[str, np.ndarray] | None) -> None:
        self.weights, self.largest = weights, largest
        self.nodes, self.kept, self.inputs = [], [], {}

    def keep(self, name: str, values: np.ndarray) -> str:
        self.kept.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def op(self, kind: str, *inputs: str, out: str = "", domain: str = "", **attributes) -> str:
        out = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], domain=domain, **attributes))
        return out

    def linear(self, x: str, *names: str, out: str = "") -> str:
        """x @ W.T + b, with the matrices of several layers that read the same input below one another."""
        own = names[0]
        weight = np.concatenate([self.weights[f"{n}.weight"] for n in names])
        bias = self.keep(own + ".b", np.concatenate([self.weights[f"{n}.bias"] for n in names]))
        if self.largest is None or own not in self.largest:
            self.inputs[own] = x
            return self.op("Add", self.op("MatMul", x, self.keep(own + ".w", weight.T)), bias, out=out)
        if weight.shape[1] > SIZE:
            parts = [f"{own}.large", f"{own}.rest"]
            self.nodes.append(helper.make_node(
                "Split", [x, self.keep(own + ".parts", np.array([OUTLIERS, weight.shape[1] - OUTLIERS]))], parts, axis=-1))
            exact = self.op("MatMul", parts[0], self.keep(own + ".f", weight[:, :OUTLIERS].T))
            return self.op("Add", exact, self.rounded(parts[1], own, weight[:, OUTLIERS:], self.largest[own][OUTLIERS:], bias),
                           out=out)
        return self.rounded(x, own, weight, self.largest[own], bias, out)

    def rounded(self, x: str, own: str, weight: np.ndarray, largest: np.ndarray, bias: str, out: str = "") -> str:
        """The same with 8-bit weights and inputs."""
        even = np.maximum(largest, 1e-3) ** EVEN / np.maximum(np.abs(weight).max(axis=0), 1e-3) ** (1 - EVEN)
        weight = weight * even.astype(np.float32)
        scale = np.abs(weight).max(axis=1) / 63  # seven bits: with eight, processors without VNNI overflow
        codes = np.rint(weight / scale[:, None]).astype(np.int8).T
        small, step, zero = (f"{own}.{part}" for part in ("small", "step", "zero"))
        level = self.op("Mul", x, self.keep(own + ".e", (1 / even).astype(np.float32)))
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [level], [small, step, zero]))
        whole = self.op("MatMulInteger", small, self.keep(own + ".w", codes), zero,
                        self.keep(own + ".z", np.zeros(len(weight), np.int8)))
        scales = self.op("Mul", step, self.keep(own + ".s", scale))
        return self.op("Add", self.op("Mul", self.op("Cast", whole, to=TensorProto.FLOAT), scales), bias, out=out)

    def rows_of(self, name: str, ids: str) -> str:
        """The rows of an embedding."""
        table = self.weights[name]
        if self.largest is None:
            return self.op("Gather", self.keep(name, table), ids)
        scale = np.abs(table).max(axis=1, keepdims=True) / 127
        codes = self.keep(name, np.rint(table / scale).astype(np.int8))
        row = self.op("Cast", self.op("Gather", codes, ids), to=TensorProto.FLOAT)
        return self.op("Mul", row, self.op("Gather", self.keep(name + ".s", scale), ids))

    def norm(self, x: str, name: str) -> str:
        return self.op("LayerNormalization", x, self.keep(name + ".w", self.weights[f"{name}.weight"]),
                       self.keep(name + ".b", self.weights[f"{name}.bias"]), axis=-1, epsilon=1e-12)


def built(g: Graph) -> onnx.ModelProto:
    """BERT (Devlin et al. 2019) with the tagger's two heads; `tags` pieces by TAGS, `states` pieces by 4 * WIDTH."""
    at, weights = "encoder.embeddings", g.weights
    places = g.keep("places", weights[f"{at}.position_embeddings.weight"][:windows.LIMIT])
    kinds = g.op("Gather", g.keep("of kind", weights[f"{at}.token_type_embeddings.weight"]), "kinds")
    count = g.op("Shape", "ids")
    zero, flat = g.keep("zero", np.array([0])), g.keep("flat", np.array([1, -1, SIZE]))
    x = g.op("Add", g.rows_of(f"{at}.word_embeddings.weight", "ids"), g.op("Slice", places, zero, count, zero))
    x = g.op("Add", x, kinds)
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
    for head in ("tags", "arcs"):  # in floats: a hundredth of the weights, and they decide alone
        g.op("Squeeze", g.linear(x, head), zero, out={"tags": "tags", "arcs": "states"}[head])
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["pieces", weights[f"{head}.bias"].size])
               for name, head in (("tags", "tags"), ("states", "arcs"))]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["pieces"]) for name in ("ids", "kinds")]
    made = helper.make_graph(g.nodes, "tagger", inputs, outputs, g.kept)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(OWN, 1)],
                              ir_version=10)
    helper.set_model_props(model, {"bias": ";".join(" ".join(map(repr, map(float, row))) for row in weights["bias"])})
    return model


def largest_first(weights: dict[str, np.ndarray], sizes: dict[str, np.ndarray]) -> None:
    """Put the features between the two layers of each block in the order of their size, in place."""
    for n in range(LAYERS):
        narrow, wide = (f"encoder.encoder.layer.{n}.{part}.dense" for part in ("output", "intermediate"))
        order = np.argsort(-sizes[narrow], kind="stable")
        sizes[narrow] = sizes[narrow][order]
        weights[f"{narrow}.weight"] = weights[f"{narrow}.weight"][:, order]
        for part in ("weight", "bias"):
            weights[f"{wide}.{part}"] = weights[f"{wide}.{part}"][order]


def started(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def largest(weights: dict[str, np.ndarray], texts: list[str], tokenizer: Tokenizer) -> dict[str, np.ndarray]:
    """The largest size of every feature that goes into a layer, the heads aside, over some texts."""
    g = Graph(weights, None)
    model = built(g)
    inner = {own: x for own, x in g.inputs.items() if own not in ("tags", "arcs")}
    model.graph.output.extend(helper.make_tensor_value_info(x, TensorProto.FLOAT, None) for x in inner.values())
    session = started(model)
    seen: dict[str, np.ndarray] = {}
    for text in texts:
        for window in windows.cut(text, tokenizer):
            for own, x in zip(inner, session.run(list(inner.values()), tagger.feed(window))):
                seen[own] = np.maximum(seen.get(own, 0), np.abs(x).reshape(-1, x.shape[-1]).max(axis=0))
    return seen


def offsets(session: onnxruntime.InferenceSession, bias: np.ndarray, gold: dict, tokenizer: Tokenizer) -> np.ndarray:
    """What to add to each tag's score, found tag by tag; what counts is the mean of the figures that the README gives."""
    read = {name: [(w, *session.run(None, tagger.feed(w))) for w in windows.cut(text, tokenizer)]
            for name, (text, _) in gold.items()}

    def reached(added: np.ndarray) -> float:
        total: collections.Counter = collections.Counter()
        for name, (text, said) in gold.items():
            found = [t for window, tags, states in read[name]
                     for t in tagger.attributions(window, tags[window.first] + added, states, bias)]
            total += scorer.count(text, said, [{"source": [t.source] if t.source else [], "cue": [], "content": t.content}
                                               for t in found])
        return float(np.mean([scorer.prf(total, f)[2] for f in ("joint", "source", "content", "content exact")]
                             + [scorer.prf(total, "indirect")[1]]))

    best = np.zeros(len(decoding.TAGS))
    high = reached(best)
    for step in (1.0, 0.5):
        for tag in range(1, len(decoding.TAGS)):
            for move in (-step, step):
                other = best.copy()
                other[tag] += move
                while (value := reached(other)) > high:
                    best, high = other.copy(), value
                    other[tag] += move
        print(f"offsets {dict(zip(decoding.TAGS, best.tolist()))}: {100 * high:.2f}", flush=True)
    return best


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpus", type=Path)
    args.add_argument("checkpoint", type=Path)
    args.add_argument("folder", type=Path)
    args.add_argument("--weights", choices=("int8", "float"), default="int8")
    args = args.parse_args()
    kept = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    weights = {name: values.float().numpy() for name, values in kept.items()}
    tokenizer = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    sizes = None
    if args.weights == "int8":
        files = sorted((args.corpus / "train" / "text").iterdir())[::SAMPLE]
        sizes = largest(weights, [file.read_bytes().decode("utf-8") for file in files], tokenizer)
        largest_first(weights, sizes)
    session = started(built(Graph(weights, sizes)))
    weights["tags.bias"] = weights["tags.bias"] + offsets(
        session, weights["bias"], scorer.load_gold(args.corpus / "dev"), tokenizer).astype(np.float32)
    args.folder.mkdir(parents=True, exist_ok=True)
    onnx.save(built(Graph(weights, sizes)), args.folder / "tagger.onnx")
    shutil.copy(ENCODER / "tokenizer.json", args.folder / "tokenizer.json")


if __name__ == "__main__":
    main()
