"""How far a photo is from everything that the network learnt."""
import torch
import torch.nn as nn


class Distance(nn.Module):
    """What the main axes of the training photos leave of features [n, width], as a length: [n, 1]."""

    def __init__(self, centre, axes):
        super().__init__()
        self.register_buffer("centre", centre)
        self.register_buffer("axes", axes)

    def forward(self, features):
        rest = features - self.centre
        rest = rest - rest @ self.axes @ self.axes.t()
        return (rest * rest).sum(1, keepdim=True).clamp(min=1e-9).sqrt()


def fit_distance(features, keep=32):
    """A Distance from training features [n, width]: from their mean, and beside their `keep` principal axes."""
    centre = features.mean(0)
    _, _, axes = torch.linalg.svd(features - centre, full_matrices=False)
    return Distance(centre, axes[:keep].t().contiguous())
