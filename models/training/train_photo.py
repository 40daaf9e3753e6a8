"""Trains the photo model: data folder and NanoDet's trunk -> models/photo/{model.onnx,card.json}, docs/models/photo.md and its plots.

    python3 models/training/train_photo.py --nanodet package/models
"""
import argparse
import copy
import math
import queue
import threading
import time
from pathlib import Path

import torch

from kit.data import CACHE, DEFAULT_DATA, REPO
from kit.nanodet import read_trunk
from photo_batches import batches, make_loss
from photo_data import FOLDS, real_photos
from photo_extras import with_damage, with_pieces, with_renders
from photo_net import Pair, PhotoNet
from photo_report import publish

SEED = 7
# Of every network: its seed, and of its stages the menu, the steps and the share of the peak rates. Those of the folds lack half of the sources and judge. Two
# ship, of which the second goes on from the first fold's: networks that came different ways make different mistakes.
STAGES = {
    "fold0": (SEED, ((0, 400, 1.0),)),
    "fold1": (SEED, ((0, 400, 1.0),)),
    "first": (SEED, ((0, 1000, 1.0), (1, 1200, 0.8), (2, 420, 0.45))),
    "second": (11, ((1, 1000, 0.9), (2, 420, 0.45))),
}
# The second has seen half of the sources of damage for fewer steps.
SECOND_SHARES = {"damage": 0.2, "map": 0.2}
TRUNK_PEAK, HEAD_PEAK, DECAY, WARM, KEEP = 2.5e-4, 1e-3, 0.02, 0.05, 0.998


def rate_at(step, steps):
    """Share of the peak rate: linear warm-up, then cosine to zero."""
    warm = max(1, int(steps * WARM))
    return (step + 1) / warm if step < warm else 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def ahead(batch, steps):
    """The batches of all steps, each made in a thread while the one before is learnt."""
    waiting = queue.Queue(3)
    threading.Thread(target=lambda: [waiting.put(batch()) for _ in range(steps)], daemon=True).start()
    for _ in range(steps):
        yield waiting.get()


def fit(net, batch, loss, steps, share):
    """Trains `net` in bf16 for `steps`; returns the exponential average of its weights, in eval mode."""
    net.train().to(memory_format=torch.channels_last)
    # The first layers see edges and colours: held fast, at half the time.
    for layers in (net.trunk.stem, net.trunk.stages[0]):
        layers.requires_grad_(False)
    trunk = [p for p in net.trunk.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("trunk.")]
    adam = torch.optim.AdamW([{"params": trunk, "peak": TRUNK_PEAK}, {"params": heads, "peak": HEAD_PEAK}], lr=1e-3, weight_decay=DECAY)
    average, since, shown = copy.deepcopy(net).eval(), time.time(), 0.0
    for step, (x, targets) in enumerate(ahead(batch, steps)):
        for group in adam.param_groups:
            group["lr"] = group["peak"] * share * rate_at(step, steps)
        with torch.cpu.amp.autocast(dtype=torch.bfloat16):
            out = net(x.contiguous(memory_format=torch.channels_last))
        value = loss({name: tensor.float() for name, tensor in out.items()}, targets)
        adam.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        adam.step()
        keep = min(KEEP, (step + 1) / (step + 10))
        with torch.no_grad():
            for mine, other in zip(average.parameters(), net.parameters()):
                mine.lerp_(other, 1 - keep)
        shown += float(value.detach())
        if (step + 1) % 50 == 0:
            print(f"step {step + 1}/{steps} loss {shown / 50:.3f} {(time.time() - since) / (step + 1):.2f} s/step", flush=True)
            shown = 0.0
    return average


def training_photos(data, fold):
    """The Photos of the train split with rendered ones and pieces; unless `fold` is None, without those that it leaves out."""
    return with_damage(with_pieces(with_renders(real_photos(data, "train", fold), "train", SEED)), SEED)


def trained_net(data, name, net, fold=None):
    """`net` after all of its stages; a stage that has been trained before is read from the cache."""
    seed, stages = STAGES[name]
    net, photos = copy.deepcopy(net), None
    torch.manual_seed(seed)
    for menu, steps, share in stages:
        path = CACHE / f"photo-{name}-{menu}-{steps}.pt"
        if path.exists():
            net.load_state_dict(torch.load(path))
            continue
        photos = photos or training_photos(data, fold)
        net = fit(net, batches(photos, menu, seed), make_loss(photos), steps, share)
        torch.save(net.state_dict(), path)
    return net.requires_grad_(True).eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--nanodet", type=Path, required=True, help="the folder with nanodet.json and nanodet.bin")
    parser.add_argument("--out", type=Path, default=REPO / "models" / "photo")
    parser.add_argument("--docs", type=Path, default=REPO / "docs" / "models")
    options = parser.parse_args()
    torch.set_num_threads(1)
    start = PhotoNet(read_trunk(options.nanodet))
    folds = [trained_net(options.data, f"fold{fold}", start, fold) for fold in range(len(FOLDS))]
    pair = Pair(trained_net(options.data, "first", start), trained_net(options.data, "second", folds[0]), SECOND_SHARES)
    publish(pair, folds, options.data, options.out, options.docs)


if __name__ == "__main__":
    main()
