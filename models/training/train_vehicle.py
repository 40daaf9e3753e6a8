"""Trains the vehicle model: data folder -> models/vehicle/{model.onnx,card.json}, docs/models/vehicle.md and its plots.

    python3 models/training/train_vehicle.py --data ../shared/data --out models/vehicle

Starts from the first stage of the subject network, kept in the cache folder (and trained first if it is not there). The data holds no undamaged
vehicle: undamaged pieces of photos, and mosaics of them, stand in (vehicle_pieces.py).
"""
import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import train_subject
from kit import augment, train
from kit.data import DEFAULT_DATA, REPO, load_photos
from kit.export import normalise
from vehicle_data import SEVERITIES, SOME, UNKNOWN, vehicle_labels, vehicle_rows
from vehicle_pieces import cut_pieces, mosaics
from vehicle_report import publish
from vehicle_settings import MIXTURE, STEPS

LOADED_PX, TRAIN_PX, SEED = 192, 128, 2
PEAK, MUON_PEAK = 0.03, 0.03
MOSAICS = 1200
SMOOTHING = 0.08


class Examples:
    """Photos with their severity (0 undamaged .. 3 severe, or SOME) and parts, UNKNOWN where not known, in pools to draw from."""

    def __init__(self, photos, severity, parts, pools):
        self.photos, self.severity, self.parts = photos, torch.from_numpy(severity).long(), torch.from_numpy(parts).float()
        self.pools = pools

    def draw(self, rng, mixture):
        """Indices: mixture[k] photos of pool k."""
        return np.concatenate([rng.choice(pool, n) for pool, n in zip(self.pools, mixture) if len(pool)])


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


def with_pieces(rows, examples, mosaic_count=0):
    """Examples with undamaged pieces, damaged pieces and mosaics added as pools 2, 3 and 4."""
    pieces, damaged = cut_pieces(rows, examples.photos)
    made, made_damaged = mosaics(pieces, damaged, np.random.default_rng(SEED), mosaic_count)
    hurt, count = np.concatenate([damaged, made_damaged]), len(examples.photos)
    parts = np.where(hurt[:, None], UNKNOWN, 0.0).repeat(examples.parts.shape[1], 1).astype(np.float32)
    pools = [*examples.pools, count + np.nonzero(~damaged)[0], count + np.nonzero(damaged)[0], np.arange(count + len(damaged), count + len(hurt))]
    return Examples(np.concatenate([examples.photos, pieces, made]), np.concatenate([examples.severity.numpy(), np.where(hurt, SOME, 0)]),
                    np.concatenate([examples.parts.numpy(), parts]), pools)


def make_batch(examples, rng):
    """batch(progress) for kit.train.fit."""
    def batch(progress):
        index = examples.draw(rng, MIXTURE)
        x = augment.crop_resize(augment.to_float(examples.photos[index]), TRAIN_PX, area=(0.5, 1.0), turn=0.15)
        x = augment.erase(augment.photo_wear(augment.recolour(x, 0.15), grey_share=0.2), 0.15)
        x, targets = augment.mixed(x, index, 0.4 if progress < train_subject.UNMIXED_FROM else 0.0, alpha=0.4, cut=0.0)
        return normalise(x), targets
    return batch


def make_loss(examples):
    """loss(outputs, targets): severity where known, that there is some damage where only that is known, parts where known."""
    def loss_of(out, index):
        level, parts = examples.severity[index], examples.parts[index]
        graded, hurt, listed = (level >= 0) & (level != SOME), level == SOME, parts[:, 0] != UNKNOWN
        graded_loss = F.cross_entropy(out["severity"][graded], level[graded], label_smoothing=SMOOTHING, reduction="sum")
        chance = F.log_softmax(out["severity"][hurt], 1)
        total = (graded_loss - torch.logsumexp(chance[:, 1:], 1).sum()) / (graded | hurt).sum()
        if listed.any():
            total = total + 2 * F.binary_cross_entropy_with_logits(out["part"][listed], parts[listed])
        return total

    return train.of_mixed(loss_of)


def four_levels(net):
    """Replaces the head of three severities by one of four; the new one, undamaged, starts at their mean."""
    old, new = net.pooled["severity"], nn.Linear(net.trunk.width, len(SEVERITIES) + 1)
    with torch.no_grad():
        new.weight.copy_(torch.cat([old.weight.mean(0, keepdim=True), old.weight]))
        new.bias.copy_(torch.cat([old.bias.mean(0, keepdim=True), old.bias]))
    net.pooled["severity"] = new
    return net


def trained_net(data):
    """(network, train Examples, val Examples, val rows), the Examples with pieces; the network trained now or read from the cache."""
    examples = with_pieces(*photo_examples(data, "train"), mosaic_count=MOSAICS)
    print("pools", [len(pool) for pool in examples.pools], flush=True)

    def trained(_):
        net = four_levels(train_subject.trained_net(data, stages=1))
        train.seed_all(SEED)
        return train.fit(net, make_batch(examples, np.random.default_rng(SEED)), make_loss(examples), STEPS, PEAK, muon=MUON_PEAK)
    net = train.kept(f"vehicle-{SEED}", four_levels(train_subject.new_net()), trained)
    rows, photos = photo_examples(data, "val")
    return net, examples, with_pieces(rows, photos), rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DEFAULT_DATA)
    parser.add_argument("--out", default=REPO / "models/vehicle")
    parser.add_argument("--docs", default=REPO / "docs/models")
    args = parser.parse_args()
    publish(*trained_net(args.data), args.data, Path(args.out), Path(args.docs))


if __name__ == "__main__":
    main()
