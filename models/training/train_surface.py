"""Trains the surface model: damage and its region on walls, ceilings, floors, facades and roofs.

python3 models/training/train_surface.py [--data ../shared/data] [--out models/surface]
"""
import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from kit import augment
from kit.data import DEFAULT_DATA, REPO
from kit.export import normalise
from kit.net import Net, Trunk
from kit.train import fit, kept, seed_all
from surface_augment import cut
from surface_data import DAMAGED, LABELS, alike_to, cached_renders, crack_mask, real_pool, targets_of, train_and_val
from surface_report import report
from synthesis.cracks import lift_crack
from train_subject import trained_net as subject_net

WIDTHS, DEPTHS, HELD = (32, 64, 128), (1, 2, 2), 2
# Photos per batch from each group: no source outweighs the others, however many photos it has.
MENU = {
    ('metu', 'crack'): 2, ('crackcv_brick', 'crack'): 3, ('smartbridge', 'crack'): 4, ('saltspot', 'damp_salt'): 3,
    ('smartbridge', 'peeling_paint'): 1, ('smartbridge', 'roof_damage'): 2,
    ('metu', 'normal'): 1, ('crackcv_brick', 'normal'): 2, ('saltspot', 'normal'): 3, 'rooms': 11, 'rendered': 16,
}
HARD_ROOMS, HARD_POOL = 6, 500
# (steps, peak rate of SGD, peak rate of Muon, share kept by the averaged weights);
# the second stage looks more at rooms that the first misjudged.
STAGES = ((1500, .05, .02, .998), (700, .04, .02, .997))
# Share of cells that carry the kind on a photo known to show it, for pooling over cells in training.
EXTENT = torch.tensor([.03, .12, .1, .08, .08, .05, .05, .1])
THIN = torch.tensor([1, 0, 0, 0, 0, 0, 1, 0], dtype=torch.bool)
IMPORTANCE = torch.tensor([2., 1.5, .6, .6, .6, .6, .6, .6])
CROPS_PX = (112, 144, 176, 208)


class Held(nn.Module):
    """Layers that keep their weights and statistics: no gradient, always in eval mode."""

    def __init__(self, layers):
        super().__init__()
        self.layers = layers.requires_grad_(False).eval()

    def train(self, mode=True):
        return super().train(False)

    def forward(self, x):
        with torch.no_grad():
            return self.layers(x)


def build_net(start=None):
    """Photo -> {'damage': logits [n, 8, h / 16, w / 16]}; every kind starts out rare.

    `start` is the subject network after its first stage: its layers up to this one's depth are taken over, the earliest held fast.
    """
    net = Net(maps={'damage': len(LABELS)}, trunk=Trunk(WIDTHS, DEPTHS, drop=.05))
    torch.nn.init.constant_(net.maps['damage'].bias, -2.)
    if start is not None:
        taken = {name: value for name, value in start.trunk.state_dict().items() if int(name.split('.')[1]) < len(net.trunk.layers)}
        net.trunk.load_state_dict(taken)
    layers = net.trunk.layers
    net.trunk.layers = nn.Sequential(Held(layers[:HELD]), *layers[HELD:])
    return net


class Pools:
    """All training pictures in one array, with labels, weights, masks and the batch groups they belong to."""

    def __init__(self, data, rows, renders, seed):
        photos, owner = real_pool(data, rows)
        groups = [self.group_of(rows[i]) for i in owner]
        closeups = np.array([group != 'rooms' for group in groups])
        masks = [crack_mask(p) if g == ('metu', 'crack') else None for p, g in zip(photos, groups)]
        lifted = [m for m in (lift_crack(p.astype(np.float32) / 255) for p, g in zip(photos, groups) if g == ('metu', 'crack')) if m is not None]
        sound = np.array([not targets_of(rows[i])[0].any() for i in owner])
        drawn, drawn_masks, kinds = cached_renders(photos[sound], closeups[sound], lifted, renders, seed)
        self.photos = [photos, drawn]
        self.real, self.hard = len(photos), None
        self.known_mask = np.array([m is not None for m in masks] + [True] * len(drawn))
        blank = np.zeros(photos.shape[1:3], np.uint8)
        self.masks = [np.stack([blank if m is None else m for m in masks]), drawn_masks]
        pairs = [targets_of(rows[i]) for i in owner]
        self.labels = np.stack([label for label, _ in pairs] + [np.arange(len(LABELS)) == k for k in kinds]).astype(np.float32)
        self.weights = np.stack([weight for _, weight in pairs] + [np.ones(len(LABELS), np.float32)] * len(drawn))
        self.kinds = np.concatenate([np.full(len(photos), -1), kinds])
        names = groups + ['rendered'] * len(drawn)
        self.groups = {g: np.array([i for i, n in enumerate(names) if n == g]) for g in MENU}

    @staticmethod
    def group_of(row):
        return (row['source'], row['class']) if row['pack'] == 'building_condition' else 'rooms'

    def draw(self, rng):
        """Indices of one batch, by the menu; once there are hard rooms, some of the rooms are drawn from those."""
        index = np.concatenate([rng.choice(self.groups[g], n) for g, n in MENU.items() if len(self.groups[g])])
        return index if self.hard is None else np.concatenate([index, rng.choice(self.hard, HARD_ROOMS)])

    def find_hard(self, net):
        """Keeps the rooms in which `net` sees the most damage, by any kind."""
        net.eval()
        rooms, worst = self.groups['rooms'], []
        with torch.no_grad():
            for i in range(0, len(rooms), 32):
                x = augment.to_float(np.stack([self.picture(j)[0] for j in rooms[i:i + 32]]))
                worst.append(pooled(net(normalise(x))['damage']).max(1).values)
        self.hard = rooms[torch.cat(worst).argsort(descending=True)[:HARD_POOL].numpy()]

    def picture(self, index):
        """(photo, mask) uint8."""
        part, place = (0, index) if index < self.real else (1, index - self.real)
        return self.photos[part][place], self.masks[part][place]


def cell_targets(masks, labels, weights, kinds, known, size):
    """(target, weight) per cell [n, 8, h, w] from masks 0..1 at picture size."""
    sure = F.adaptive_avg_pool2d((masks > .75).float(), size)
    touched = F.adaptive_max_pool2d(masks, size) > .1
    enough = torch.where(THIN.view(1, -1, 1, 1), sure > .02, sure > .3).float()
    target = labels[:, :, None, None] * enough
    unsure = touched & (enough == 0)
    weight = weights[:, :, None, None] * torch.ones_like(target)
    for i, kind in enumerate(kinds):
        if kind >= 0:
            weight[i, alike_to(kind)] *= (~touched[i]).float()
    weight = torch.where((labels[:, :, None, None] > 0) & unsure, torch.zeros_like(weight), weight)
    # A photo known only as a whole says nothing of single cells for the kind it shows.
    weight = weight * torch.where(known.view(-1, 1) | (labels == 0), 1., 0.)[:, :, None, None]
    return target, weight


def pooled(logits):
    """Mean of the top cells per kind, by its extent: [n, 8]."""
    cells = logits.flatten(2).sort(2, descending=True).values
    counts = (EXTENT * cells.shape[2]).clamp(min=1).round().long()
    return torch.stack([cells[:, k, :int(count)].mean(1) for k, count in enumerate(counts)], 1)


def loss_of(out, batch):
    """Cell-wise where cells are known, over the pooled top cells where only the photo is."""
    logits = out['damage']
    masks, labels, weights, kinds, known = batch
    target, weight = cell_targets(masks, labels, weights, kinds, known, logits.shape[2:])
    cells = F.binary_cross_entropy_with_logits(logits, target, reduction='none')
    per_cell = cells * weight * (1 + 2 * target)
    share = target.mean((2, 3)).clamp(min=.02)
    local = (per_cell * torch.where(target > 0, .5 / share[:, :, None, None], 1.)).mean((2, 3))
    shown = labels * known[:, None].float() * (target.amax((2, 3)) == 0).float()
    whole = F.binary_cross_entropy_with_logits(pooled(logits), labels, reduction='none') * weights * (1 - shown)
    return ((local + whole) * IMPORTANCE).sum(1).mean()


def batches(pools, seed):
    """The function that draws, augments and normalises one batch for kit.train.fit."""
    rng = np.random.default_rng(seed)

    def batch(_progress):
        index, px = pools.draw(rng), int(rng.choice(CROPS_PX))
        cuts = [cut(*pools.picture(i), px, rng) for i in index]
        x = augment.colour(augment.to_float(np.stack([photo for photo, _ in cuts])), grey_share=.3)
        masks = torch.from_numpy(np.stack([mask for _, mask in cuts])).float().div(DAMAGED)[:, None]
        labels, weights = torch.from_numpy(pools.labels[index]), torch.from_numpy(pools.weights[index])
        return normalise(augment.gamma(x)), (masks, labels, weights, pools.kinds[index], torch.from_numpy(pools.known_mask[index]))
    return batch


def staged(net, pools, seed):
    """The net after all stages."""
    for stage, (steps, peak, muon, keep) in enumerate(STAGES):
        if stage > 0:
            pools.find_hard(net)
        net = fit(net, batches(pools, seed + stage), loss_of, steps, peak=peak, muon=muon, keep=keep)
    return net


def trained_net(options, rows):
    """The network after all stages, trained now or read from the cache."""
    def trained(_):
        net = build_net(subject_net(options.data, stages=1))
        seed_all(options.seed)
        pools = Pools(options.data, rows, options.renders, options.seed)
        print({str(group): len(index) for group, index in pools.groups.items()}, flush=True)
        return staged(net, pools, options.seed)
    without = f'-without-{options.leave_out}' if options.leave_out else ''
    return kept(f'surface-{options.seed}-{options.renders}{without}', build_net(), trained)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--data', type=Path, default=DEFAULT_DATA)
    parser.add_argument('--out', type=Path, default=REPO / 'models' / 'surface')
    parser.add_argument('--docs', type=Path, default=REPO / 'docs' / 'models')
    parser.add_argument('--renders', type=int, default=4500)
    parser.add_argument('--seed', type=int, default=7)
    parser.add_argument('--leave-out', default='', help='a building_condition source to keep out of training (nothing is exported)')
    options = parser.parse_args()
    train, val = train_and_val(options.data)
    train = [row for row in train if row['source'] != options.leave_out]
    report(trained_net(options, train), options, train, val)


if __name__ == '__main__':
    main()
