"""Trains the vehicle model: data folder -> models/vehicle/{model.onnx,card.json}, docs/models/vehicle.md and its plots.

    python3 models/training/train_vehicle.py --data ../shared/data --out models/vehicle

Starts from the first stage of the subject network, kept in the cache folder (and trained first if it is not there). Two finders, each
trained on half of the photos, look for undamaged pieces in the other half (vehicle_windows.py); the network then learns all four severities.
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
from kit.data import DEFAULT_CACHE, DEFAULT_DATA, REPO, fold_of, load_photos, read_manifest, split_of
from kit.export import normalise
from vehicle_data import SEVERITIES, UNKNOWN, vehicle_labels
from vehicle_windows import find_parts, limits_of, mosaics, pieces, scored

LOADED_PX, TRAIN_PX, SEED = 192, 128, 2
FINDER_STEPS, FINDER_MIXTURE, FINDER_AREA = 500, (28, 20), (0.2, 1.0)
STEPS, PEAK, MUON_PEAK = 2400, 0.03, 0.03
# Photos of a batch: severity, parts, then pieces: clean windows, clean mirrored halves, damaged windows, damaged mirrored halves, mosaics
MIXTURE = (18, 10, 5, 3, 4, 2, 6)
MOSAICS = 1200
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


def finders(data, cache, examples, fold, seed=SEED):
    """Two networks with severity (three grades) and parts; finder k never saw the photos of fold k."""
    found = []
    for k in (0, 1):
        path = Path(cache) / f"vehicle-{seed}-finder{k}.pt"
        net = train_subject.trained_net(data, cache, stages=1)
        if path.exists():
            net.load_state_dict(torch.load(path))
        else:
            train.seed_all(seed + k)
            seen = Examples(examples.photos, examples.severity.numpy() - (examples.severity.numpy() > 0), examples.parts.numpy(),
                            [pool[fold[pool] != k] for pool in examples.pools])
            batch = make_batch(seen, FINDER_MIXTURE, np.random.default_rng(seed + k), FINDER_AREA)
            net = train.fit(net, batch, make_loss(seen), FINDER_STEPS, PEAK, muon=MUON_PEAK)
            torch.save(net.state_dict(), path)
        found.append(net.eval())
    return found


def with_pieces(score, rows, examples, limits=None, mosaic_count=0, px=LOADED_PX):
    """(Examples with undamaged and damaged pieces added as pools 2..6, limits of find_parts()); one photo of a group is cut up.

    score(index of the photos) -> (damage, is a vehicle), as scored() gives them.
    """
    first = np.array(sorted({row["group"]: i for i, row in reversed(list(enumerate(rows)))}.values()))
    damage, vehicle = score(first)
    limits = limits or limits_of(damage, vehicle)
    lists = find_parts(damage, vehicle, examples.severity.numpy()[first] - 1, limits)
    groups = [[(int(first[i]), name) for i, name in found if name[0] == kind] for found in lists for kind in ("window", "mirror")]
    photos = [pieces(examples.photos, found, px) for found in groups]
    levels = [np.array([0 if k < 2 else int(examples.severity[i]) for i, _ in found], np.int64) for k, found in enumerate(groups)]
    made, made_levels = mosaics(photos[0], photos[2], levels[2], np.random.default_rng(SEED), mosaic_count)
    photos, levels = [examples.photos, *photos, made], [examples.severity.numpy(), *levels, made_levels]
    parts = [examples.parts.numpy()] + [np.where(level[:, None] == 0, 0.0, UNKNOWN).repeat(examples.parts.shape[1], 1) for level in levels[1:]]
    ends = np.cumsum([len(level) for level in levels])
    pools = [*examples.pools, *(np.arange(a, b) for a, b in zip(ends, ends[1:]))]
    return Examples(np.concatenate(photos), np.concatenate(levels), np.concatenate(parts).astype(np.float32), pools), limits


def make_batch(examples, mixture, rng, area=(0.5, 1.0)):
    """batch(progress) for kit.train.fit; every photo is cropped to a share of its `area`."""
    def batch(progress):
        index = examples.draw(rng, mixture)
        x = augment.crop_resize(augment.to_float(examples.photos[index]), TRAIN_PX, area=area, turn=0.15)
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
    subject_net = train_subject.trained_net(data, cache, stages=1)
    rows, examples = photo_examples(data, "train")
    fold = np.array([fold_of(row, 2) for row in rows])
    looking = finders(data, cache, examples, fold, seed)

    def score(first):
        halves = [scored(net, subject_net, examples.photos[first]) for net in looking]
        mine = fold[first][:, None] == 0
        return np.where(mine, halves[0][0], halves[1][0]), halves[0][1]
    examples, limits = with_pieces(score, rows, examples, mosaic_count=MOSAICS)
    print("pools", [len(pool) for pool in examples.pools], "limits", limits, flush=True)
    net, path = four_levels(copy.deepcopy(subject_net)), Path(cache) / f"vehicle-{seed}.pt"
    if path.exists():
        net.load_state_dict(torch.load(path))
    else:
        train.seed_all(seed)
        net = train.fit(net, make_batch(examples, MIXTURE, np.random.default_rng(seed)), make_loss(examples), STEPS, PEAK, muon=MUON_PEAK)
        torch.save(net.state_dict(), path)
    rows, photos = photo_examples(data, "val")
    halves = [scored(finder, subject_net, photos.photos) for finder in looking]
    damage, vehicle = (halves[0][0] + halves[1][0]) / 2, halves[0][1]
    val, _ = with_pieces(lambda first: (damage[first], vehicle[first]), rows, photos, limits)
    return net.eval(), examples, val, rows


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
