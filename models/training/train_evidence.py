"""Trains the evidence model: authentic, synthetic or recaptured (a photo of a screen), a weak score.

python3 models/training/train_evidence.py [--data ../shared/data] [--out models/evidence]
"""
import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from evidence_data import LABELS, MODE_PX, load_table
from evidence_features import Features
from evidence_report import report
from kit.data import DEFAULT_DATA, REPO
from kit.export import MEAN, STD
from kit.train import seed_all

HIDDEN = 32
# Share of the training weight: each generator alike within synthetic; within authentic half to ordinary listing photos.
CLASS_SHARE = (.45, .35, .2)
ORDINARY_SHARE = .45
STEADY = 4.0


class Evidence(nn.Module):
    """Normalised photo [n, 3, px, px] -> {'evidence': logits [n, 3]}: standardised features into averaged small networks."""

    def __init__(self, mean, scale, members):
        super().__init__()
        self.features = Features(MODE_PX)
        for name, value in (('mean', mean), ('scale', scale)):
            self.register_buffer(name, torch.as_tensor(value, dtype=torch.float32))
        self.register_buffer('input_mean', torch.tensor(MEAN).view(1, 3, 1, 1))
        self.register_buffer('input_std', torch.tensor(STD).view(1, 3, 1, 1))
        self.members = nn.ModuleList(members)

    def head(self, features):
        """Logits [n, 3] of raw features [n, k]."""
        z = ((features - self.mean) / self.scale).clamp(-4, 4)
        return sum(member(z) for member in self.members) / len(self.members)

    def forward(self, x):
        return {'evidence': self.head(self.features(x * self.input_std + self.input_mean))}


def member(width):
    """One small network over features [n, width]."""
    return nn.Sequential(nn.Dropout(.2), nn.Linear(width, HIDDEN), nn.ReLU(), nn.Dropout(.5), nn.Linear(HIDDEN, len(LABELS)))


def weights_of(table):
    """Weight of each photo: classes by CLASS_SHARE, sources alike within a class."""
    weight = np.zeros(len(table.labels))
    for label, share in enumerate(CLASS_SHARE):
        mine = table.labels == label
        ordinary = mine & ~np.isin(table.pack, ['authenticity', 'authenticity_crops', 'recapture', 'rendered']) | mine & (table.source == 'houses535')
        parts = [(mine & ordinary, ORDINARY_SHARE), (mine & ~ordinary, 1 - ORDINARY_SHARE)] if label == 0 else [(mine, 1.)]
        for part, part_share in parts:
            sources = np.unique(table.source[part])
            for source in sources:
                own = part & (table.source == source)
                weight[own] = share * part_share / len(sources) / own.sum() * np.sqrt(own.sum())
            weight[part] *= share * part_share / weight[part].sum()
    return torch.tensor(weight / weight.mean(), dtype=torch.float32)


def fit_member(features, labels, weight, steps, decay):
    """Trains one member on features [n, variants, k] so that all variants of a photo score alike."""
    net = member(features.shape[2])
    optimiser = torch.optim.AdamW(net.parameters(), 4e-3, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for _ in range(steps):
        index = torch.randint(len(features), (256,))
        pair = torch.randint(features.shape[1], (2, 256))
        logits = [net(features[index, which]) for which in pair]
        right = sum(F.cross_entropy(z, labels[index], reduction='none', label_smoothing=.03) for z in logits)
        steady = ((logits[0].softmax(1) - logits[1].softmax(1)) ** 2).sum(1)
        loss = ((right + STEADY * steady) * weight[index]).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return net.eval()


def train(table, members=6, steps=700, decay=.3):
    """An Evidence model from a Table."""
    flat = table.features.reshape(-1, table.features.shape[2])
    mean, scale = flat.mean(0), flat.std(0) + 1e-3
    z = torch.tensor(np.clip((table.features - mean) / scale, -4, 4), dtype=torch.float32)
    labels, weight = torch.tensor(table.labels), weights_of(table)
    return Evidence(mean, scale, [fit_member(z, labels, weight, steps, decay) for _ in range(members)]).eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--data', type=Path, default=DEFAULT_DATA)
    parser.add_argument('--out', type=Path, default=REPO / 'models' / 'evidence')
    parser.add_argument('--docs', type=Path, default=REPO / 'docs' / 'models')
    parser.add_argument('--seed', type=int, default=11)
    options = parser.parse_args()
    seed_all(options.seed)
    photos, val = load_table(options.data, 'train', options.seed), load_table(options.data, 'val', options.seed)
    report(train(photos), options, photos, val, train)


if __name__ == '__main__':
    main()
