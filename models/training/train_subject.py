"""Trains the subject model: data folder -> models/subject/{model.onnx,card.json}, docs/models/subject.md and its plots.

    python3 models/training/train_subject.py --data ../shared/data --out models/subject

Each stage of STAGES is one cosine schedule; the averaged weights of a finished stage are kept in the cache folder, so
that an interrupted run goes on where it stopped. The other networks start from the first stage.
"""
import argparse
from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from kit import augment, net, train
from kit.data import DEFAULT_DATA, REPO
from kit.export import normalise
from renders.strangers import render_stranger
from subject_data import LABELS, Sampler, subject_set
from subject_report import publish
from subject_settings import BATCH, LOADED_PX, STAGES
from vehicle_data import PARTS, SEVERITIES, UNKNOWN, vehicle_labels

SEED = 1
SMALL_PX, LARGE_PX = 96, 128
SHARES = {"kitchen": 8.5, "bathroom": 7.5, "bedroom": 9, "living_room": 8, "exterior": 5.5, "other": 9, "roof": 1.5, "surface": 5.5,
          "vehicle": 6, "product": 3, "document": 1}
STRANGERS = 2  # pictures of nothing in each batch: every class equally likely
SMOOTHING, AUXILIARY = 0.06, 0.2
UNMIXED_FROM = 0.85  # share of the steps after which photos are no longer mixed


def new_net():
    """The untrained network: subject, and severity and parts of vehicles as auxiliary tasks."""
    return net.Net({"subject": len(LABELS), "severity": len(SEVERITIES), "part": len(PARTS)}, trunk=net.Trunk(drop=0.1))


def with_strangers(photos, labels, severity, parts, seed, count=1000):
    """The same arrays with `count` pictures of nothing behind them, labelled UNKNOWN."""
    rng = np.random.default_rng(seed)
    made = np.stack([render_stranger(rng, photos) for _ in range(count)])
    unknown = np.full(count, UNKNOWN)
    return (np.concatenate([photos, made]), np.concatenate([labels, unknown]), np.concatenate([severity, unknown]),
            np.concatenate([parts, np.full((count, len(PARTS)), UNKNOWN, np.float32)]))


def make_batch(photos, sampler, small_share, known):
    """batch(progress) for kit.train.fit: augmented photos, and which photos they are: (own, mixed in, weight of own).

    Photos from `known` on are strangers.
    """
    def batch(progress):
        index = np.concatenate([sampler.draw(BATCH - STRANGERS), np.random.randint(known, len(photos), STRANGERS)])
        px = SMALL_PX if progress < small_share else LARGE_PX
        x = augment.crop_resize(augment.to_float(photos[index]), px, area=(0.25, 1.0))
        x = augment.erase(augment.photo_wear(augment.recolour(x, 0.35), grey_share=0.4), 0.25)
        x, targets = augment.mixed(x, index, 0.5 if progress < UNMIXED_FROM else 0.0, alpha=0.5)
        return normalise(x), targets
    return batch


def make_loss(labels, severity, parts):
    """loss(outputs, targets): subject for every photo, severity and parts where known."""
    labels, severity, parts = (torch.from_numpy(np.asarray(values)) for values in (labels, severity, parts))

    def loss_of(out, index):
        graded, listed = severity[index] != UNKNOWN, parts[index, 0] != UNKNOWN
        known = labels[index] != UNKNOWN
        total = F.cross_entropy(out["subject"][known], labels[index][known], label_smoothing=SMOOTHING)
        if not known.all():
            total = total - F.log_softmax(out["subject"][~known], 1).mean() * (~known).float().mean()
        if graded.any():
            total = total + AUXILIARY * F.cross_entropy(out["severity"][graded], severity[index][graded]) * graded.float().mean() * 4
        if listed.any():
            total = total + AUXILIARY * F.binary_cross_entropy_with_logits(out["part"][listed], parts[index][listed]) * listed.float().mean() * 4
        return total

    return train.of_mixed(loss_of)


@cache
def training_set(data):
    """(photos with strangers behind them, their loss, rows of the photos without strangers)."""
    rows, photos, labels = subject_set(data, "train", LOADED_PX)
    photos, *targets = with_strangers(photos, labels, *vehicle_labels(rows), SEED)
    return photos, make_loss(*targets), rows


def trained_net(data, stages=len(STAGES)):
    """The network after the first `stages` of STAGES, each trained now or read from the cache."""
    train.seed_all(SEED)
    net = new_net()
    for k, (steps, peak, muon, small_share) in enumerate(STAGES[:stages]):
        def trained(net):
            photos, loss, rows = training_set(data)
            batch = make_batch(photos, Sampler(rows, SHARES, np.random.default_rng(SEED)), small_share, len(rows))
            train.seed_all(SEED + k)
            return train.fit(net, batch, loss, steps, peak, muon=muon)
        net = train.kept(f"subject-{SEED}-stage{k}", net, trained)
    return net


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DEFAULT_DATA)
    parser.add_argument("--out", default=REPO / "models/subject")
    parser.add_argument("--docs", default=REPO / "docs/models")
    args = parser.parse_args()
    publish(trained_net(args.data), args.data, Path(args.out), Path(args.docs))


if __name__ == "__main__":
    main()
