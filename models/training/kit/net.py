"""Small fully convolutional residual networks; plain 3x3 convolutions, the fastest kind to train on a CPU with bf16."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def conv(inputs, outputs, stride=1):
    """3x3 convolution, batch norm, ReLU."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Block(nn.Module):
    """Residual block of two 3x3 convolutions; `drop` skips it at random in training (stochastic depth)."""

    def __init__(self, inputs, outputs, stride, drop=0.0):
        super().__init__()
        self.first = conv(inputs, outputs, stride)
        self.second = nn.Sequential(nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        nn.init.zeros_(self.second[1].weight)
        pool = [nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False)] if stride == 2 else []
        same = stride == 1 and inputs == outputs
        self.skip = nn.Identity() if same else nn.Sequential(*pool, nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        self.drop = drop

    def forward(self, x):
        branch = self.second(self.first(x))
        if self.training and self.drop > 0:
            branch = branch * (torch.rand(len(x), 1, 1, 1) >= self.drop).to(branch.dtype) / (1 - self.drop)
        return F.relu(branch + self.skip(x))


class Trunk(nn.Module):
    """Photo [n, 3, h, w] -> features [n, widths[-1], h / stride, w / stride]; every stage halves, and so does the stem."""

    def __init__(self, widths=(32, 64, 128, 256), depths=(1, 2, 2, 2), stem=32, drop=0.0):
        super().__init__()
        layers, inputs, total, done = [conv(3, stem, 2)], stem, sum(depths), 0
        for width, depth in zip(widths, depths):
            for i in range(depth):
                layers.append(Block(inputs, width, 2 if i == 0 else 1, drop * done / total))
                inputs, done = width, done + 1
        self.layers = nn.Sequential(*layers)
        self.width = inputs

    def forward(self, x):
        return self.layers(x)


class Net(nn.Module):
    """A trunk with heads. `pooled`: {name: classes} -> logits [n, classes]; `maps`: {name: labels} -> logits [n, labels, h, w].

    Returns a dict of logits by head name, plus 'features' [n, width], the averaged features.
    """

    def __init__(self, pooled=None, maps=None, trunk=None, dropout=0.2):
        super().__init__()
        self.trunk = trunk or Trunk()
        self.dropout = nn.Dropout(dropout)
        self.pooled = nn.ModuleDict({name: nn.Linear(self.trunk.width, n) for name, n in (pooled or {}).items()})
        self.maps = nn.ModuleDict({name: nn.Conv2d(self.trunk.width, n, 1) for name, n in (maps or {}).items()})

    def forward(self, x):
        cells = self.trunk(x)
        features = cells.mean((2, 3))
        out = {name: head(self.dropout(features)) for name, head in self.pooled.items()}
        out.update({name: head(cells) for name, head in self.maps.items()})
        out["features"] = features
        return out


class Distance(nn.Module):
    """Distance of features [n, width] to the nearest of k class means, after projecting out the mean and whitening: [n, 1]."""

    def __init__(self, centre, whiten, means):
        super().__init__()
        for name, value in (("centre", centre), ("whiten", whiten), ("means", means)):
            self.register_buffer(name, torch.as_tensor(value, dtype=torch.float32))

    def forward(self, features):
        z = F.normalize((features - self.centre) @ self.whiten, dim=1)
        return (2 - 2 * (z @ self.means.t()).max(1, keepdim=True).values).clamp(min=1e-6).sqrt()


def fit_distance(features, labels, keep=64):
    """A Distance from training features [n, width] (torch) and integer labels [n]: whitened to `keep` axes, unit length."""
    centre = features.mean(0)
    _, scale, axes = torch.linalg.svd(features - centre, full_matrices=False)
    whiten = axes[:keep].t() / (scale[:keep] / len(features) ** 0.5 + 1e-3)
    z = F.normalize((features - centre) @ whiten, dim=1)
    means = torch.stack([F.normalize(z[labels == k].mean(0), dim=0) for k in labels.unique()])
    return Distance(centre, whiten, means)
