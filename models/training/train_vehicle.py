"""Trains the vehicle model: data folder -> models/vehicle/{model.onnx,card.json}, docs/models/vehicle.md and its plots.

    python3 models/training/train_vehicle.py --data ../shared/data --out models/vehicle

Starts from the weights that train_subject.py left in the cache folder (and trains them first if they are not there).
Those were trained with severity and damaged parts as side tasks: undamaged pieces are found with them (vehicle_windows.py),
and the network then learns all four severities.
"""
import argparse
import copy
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import train_subject
from kit import augment, train
from kit.data import DEFAULT_CACHE, DEFAULT_DATA, REPO, load_photos, read_manifest, split_of
from kit.export import normalise
from subject_data import LABELS
from vehicle_data import SEVERITIES, UNKNOWN, vehicle_labels
from vehicle_windows import find_parts, pieces

LOADED_PX, TRAIN_PX, SEED = 192, 128, 2
BATCH = 48
STEPS, PEAK, MUON_PEAK = 260, 0.02, 0.03
CUT_UP = 900  # photos at most that are searched for pieces
# Photos of a batch: severity, parts, clean windows, clean mirrored halves, damaged windows, damaged mirrored halves
MIXTURE = (18, 10, 7, 4, 6, 3)
SMOOTHING = 0.08


class Examples:
    """Photos with their severity (0 undamaged .. 3 severe) and parts, UNKNOWN where not known, in pools to draw from."""

    def __init__(self, photos, severity, parts, pools):
        self.photos, self.severity, self.parts = photos, torch.from_numpy(severity).long(), torch.from_numpy(parts).float()
        self.pools = pools

    def draw(self, rng, mixture):
        """Indices: mixture[k] photos of pool k."""
        return np.concatenate([rng.choice(pool, n) for pool, n in zip(self.pools, mixture) if len(pool)])


def vehicle_rows(data, split):
    """Rows of both vehicle packs in one split."""
    return split_of(read_manifest(data, "car_severity", "car_parts"), split)


def photo_examples(data, split, px=LOADED_PX):
    """(rows, Examples) of whole photos; pool 0 has a severity, pool 1 has parts."""
    rows = vehicle_rows(data, split)
    severity, parts = vehicle_labels(rows)
    level = np.where(severity == UNKNOWN, UNKNOWN, severity + 1)
    pools = [balanced(level), np.nonzero(parts[:, 0] != UNKNOWN)[0]]
    return rows, Examples(np.asarray(load_photos(data, rows, px)), level, parts, pools)


def balanced(level):
    """Indices with a known level, the rarer levels repeated until all are about equally many."""
    members = [np.nonzero(level == k)[0] for k in range(1, len(SEVERITIES) + 1)]
    most = max(len(m) for m in members)
    return np.concatenate([np.resize(m, most) for m in members])


def with_pieces(net, rows, examples, limits=None, px=LOADED_PX):
    """(Examples with undamaged and damaged pieces added as pools 2..5, limits of find_parts()); one photo of a group is cut up."""
    first = np.array(sorted({row["group"]: i for i, row in reversed(list(enumerate(rows)))}.values()))
    first = np.sort(np.random.default_rng(SEED).permutation(first)[:CUT_UP])
    clean, damaged, limits = find_parts(net, examples.photos[first], examples.severity.numpy()[first] - 1, LABELS.index("vehicle"), limits)
    clean, damaged = ([(int(first[i]), name, d) for i, name, d in found] for found in (clean, damaged))
    groups = [[f for f in found if f[1][0] == kind] for found in (clean, damaged) for kind in ("window", "mirror")]
    photos, severity, parts, pools = [examples.photos], [examples.severity.numpy()], [examples.parts.numpy()], list(examples.pools)
    for k, found in enumerate(groups):
        start = sum(len(p) for p in photos)
        photos.append(pieces(examples.photos, found, px))
        level = [0 if k < 2 else int(examples.severity[i]) for i, _, _ in found]
        severity.append(np.array(level, np.int64))
        parts.append(np.full((len(found), examples.parts.shape[1]), 0.0 if k < 2 else UNKNOWN, np.float32))
        pools.append(np.arange(start, start + len(found)))
    return Examples(np.concatenate(photos), np.concatenate(severity), np.concatenate(parts), pools), limits


def make_batch(examples, mixture, rng):
    """batch(progress) for kit.train.fit."""
    def batch(progress):
        index = examples.draw(rng, mixture)
        x = augment.crop_resize(augment.to_float(examples.photos[index]), TRAIN_PX, area=(0.5, 1.0), turn=0.15)
        x = augment.erase(augment.photo_wear(augment.recolour(x, 0.15), grey_share=0.2), 0.15)
        index = torch.from_numpy(index)
        if progress < 0.85 and float(torch.rand(1)) < 0.4:
            x, order, own = augment.mix(x, 0.4, cut=0.0)
            return normalise(x), (index, index[order], own)
        return normalise(x), (index, index, 1.0)
    return batch


def make_loss(examples):
    """loss(outputs, targets): severity where known, parts where known."""
    def loss_of(out, index):
        level, parts = examples.severity[index], examples.parts[index]
        graded, listed = level != UNKNOWN, parts[:, 0] != UNKNOWN
        total = out["severity"].sum() * 0
        if graded.any():
            total = total + F.cross_entropy(out["severity"][graded], level[graded], label_smoothing=SMOOTHING)
        if listed.any():
            total = total + 2 * F.binary_cross_entropy_with_logits(out["part"][listed], parts[listed])
        return total

    def loss(out, targets):
        index, other, own = targets
        return loss_of(out, index) if own >= 1 else own * loss_of(out, index) + (1 - own) * loss_of(out, other)
    return loss


def four_levels(net):
    """Replaces the head of three severities by one of four; the new one, undamaged, starts at their mean."""
    old, new = net.pooled["severity"], nn.Linear(net.trunk.width, len(SEVERITIES) + 1)
    with torch.no_grad():
        new.weight.copy_(torch.cat([old.weight.mean(0, keepdim=True), old.weight]))
        new.bias.copy_(torch.cat([old.bias.mean(0, keepdim=True), old.bias]))
    net.pooled["severity"] = new
    return net


def trained_net(data, cache, seed=SEED):
    """(network, train Examples, val Examples, val rows), the Examples with pieces; trained now or read from the cache."""
    subject_net = train_subject.trained_net(data, cache)
    rng, _ = np.random.default_rng(seed), train.seed_all(seed)
    train_rows, examples = photo_examples(data, "train")
    examples, limits = with_pieces(subject_net, train_rows, examples)
    print("pools", [len(pool) for pool in examples.pools], "limits", limits, flush=True)
    start = four_levels(copy.deepcopy(subject_net))
    path = Path(cache) / f"vehicle-{seed}.pt"
    if path.exists():
        start.load_state_dict(torch.load(path))
        net = start.eval()
    else:
        net = train.fit(start, make_batch(examples, MIXTURE, rng), make_loss(examples), STEPS, PEAK, muon=MUON_PEAK)
        torch.save(net.state_dict(), path)
    rows, val = photo_examples(data, "val")
    val, _ = with_pieces(subject_net, rows, val, limits)
    return net, examples, val, rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DEFAULT_DATA)
    parser.add_argument("--out", default=REPO / "models/vehicle")
    parser.add_argument("--docs", default=REPO / "docs/models")
    parser.add_argument("--cache", default=DEFAULT_CACHE)
    args = parser.parse_args()
    from vehicle_report import publish
    publish(*trained_net(args.data, args.cache), args.data, Path(args.out), Path(args.docs))


if __name__ == "__main__":
    main()
