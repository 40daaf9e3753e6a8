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

# Share of the training weight: each generator alike within synthetic; within authentic ORDINARY_SHARE to ordinary photos.
CLASS_SHARE = (.45, .4, .15)
ORDINARY_SHARE = .2
STEADY = .3
RIDGE = .03


class Evidence(nn.Module):
    """Normalised photo [n, 3, px, px] -> {'evidence': logits [n, 3]}: standardised features, weighed linearly."""

    def __init__(self, mean, scale, weigh):
        super().__init__()
        self.features, self.weigh = Features(MODE_PX), weigh
        for name, value in (('mean', mean), ('scale', scale)):
            self.register_buffer(name, torch.as_tensor(value, dtype=torch.float32))
        self.register_buffer('input_mean', torch.tensor(MEAN).view(1, 3, 1, 1))
        self.register_buffer('input_std', torch.tensor(STD).view(1, 3, 1, 1))

    def head(self, features):
        """Logits [n, 3] of raw features [n, k]."""
        return self.weigh(((features - self.mean) / self.scale).clamp(-4, 4))

    def forward(self, x):
        return {'evidence': self.head(self.features(x * self.input_std + self.input_mean))}


def weights_of(table):
    """Weight of each photo: classes by CLASS_SHARE, sources alike within a class."""
    weight = np.zeros(len(table.labels))
    for label, share in enumerate(CLASS_SHARE):
        mine = table.labels == label
        ordinary = mine & ~np.isin(table.pack, ['authenticity', 'authenticity_crops', 'recapture', 'rendered'])
        parts = [(mine & ordinary, ORDINARY_SHARE), (mine & ~ordinary, 1 - ORDINARY_SHARE)] if label == 0 else [(mine, 1.)]
        for part, part_share in parts:
            sources = np.unique(table.source[part])
            for source in sources:
                own = part & (table.source == source)
                weight[own] = share * part_share / len(sources) / own.sum() * np.sqrt(own.sum())
            weight[part] *= share * part_share / weight[part].sum()
    return torch.tensor(weight / weight.mean(), dtype=torch.float32)


def fit_linear(features, labels, weight):
    """The linear layer with the least weighted cross-entropy on [n, variants, k] such that a photo's variants score alike."""
    weigh = nn.Linear(features.shape[2], len(LABELS))
    nn.init.zeros_(weigh.weight)
    optimiser = torch.optim.LBFGS(weigh.parameters(), max_iter=60, history_size=12, line_search_fn='strong_wolfe')

    def cost():
        optimiser.zero_grad()
        logits = weigh(features)
        right = F.cross_entropy(logits.flatten(0, 1), labels.repeat_interleave(features.shape[1]), reduction='none').view(len(labels), -1)
        steady = logits.softmax(2).var(1).sum(1)
        loss = ((right.mean(1) + STEADY * steady) * weight).mean() + RIDGE * weigh.weight.square().sum()
        loss.backward()
        return loss
    optimiser.step(cost)
    return weigh.eval()


def train(table):
    """An Evidence model from a Table."""
    flat = table.features.reshape(-1, table.features.shape[2])
    mean, scale = flat.mean(0), flat.std(0) + 1e-3
    z = torch.tensor(np.clip((table.features - mean) / scale, -4, 4), dtype=torch.float32)
    return Evidence(mean, scale, fit_linear(z, torch.tensor(table.labels), weights_of(table))).eval()


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
