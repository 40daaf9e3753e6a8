"""The photo model: NanoDet's trunk with heads for subject, building damage and vehicles."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from damage_renders import KINDS
from kit.nanodet import WIDTHS, Conv, Trunk
from photo_data import ANY, DAMAGES, PARTS, SEVERITIES, SUBJECTS

MAPPED = [*KINDS, ANY]  # kinds with a map; `destroyed` is said of the photo as a whole
MAP_WIDTH = 96
SHARPNESS = 3.0  # of the soft maximum over cells


def texture_of(cells):
    """Logarithms of mean and standard deviation of each channel over [n, c, h, w]: [n, 2c]. Noise and flat colour differ from photos in these."""
    mean = cells.mean((2, 3))
    spread = (((cells * cells).mean((2, 3)) - mean * mean).clamp(min=0) + 1e-8).sqrt()
    return torch.log(torch.cat([mean.abs(), spread], 1).float() + 1e-3)


class PhotoNet(nn.Module):
    """Photo [n, 3, h, w] -> a dict of logits: subject [n, 11], severity [n, 4], part [n, 7], damage [n, 10], map [n, 9, h / 16, w / 16].

    Also `features` [n, 256], from texture_of(). Height and width are multiples of 32.
    """

    def __init__(self, trunk=None, dropout=0.2):
        super().__init__()
        self.trunk = trunk or Trunk()
        self.dropout = nn.Dropout(dropout)
        wide = 2 * WIDTHS[32]
        self.subject = nn.Linear(WIDTHS[32] + WIDTHS[16], len(SUBJECTS))
        self.severity, self.part = nn.Linear(wide, len(SEVERITIES)), nn.Linear(wide, len(PARTS))
        self.whole = nn.Linear(wide, len(DAMAGES))
        self.fine, self.middle, self.coarse = Conv(WIDTHS[8], MAP_WIDTH, 2), Conv(WIDTHS[16], MAP_WIDTH, 1, 1), Conv(WIDTHS[32], MAP_WIDTH, 1, 1)
        self.joined, self.cells = Conv(MAP_WIDTH, MAP_WIDTH), nn.Conv2d(MAP_WIDTH, len(MAPPED), 1)
        nn.init.constant_(self.cells.bias, -3.0)
        for head in (self.subject, self.severity, self.part, self.whole):
            nn.init.normal_(head.weight, 0, 0.01)
            nn.init.zeros_(head.bias)
        nn.init.constant_(self.whole.bias, -1.0)
        self.share = nn.Parameter(torch.full((len(MAPPED),), 0.7))  # of a kind's map in what is said of the photo

    def forward(self, x):
        fine, middle, coarse = self.trunk(x)
        mean, most = coarse.mean((2, 3)), coarse.amax((2, 3))
        both = self.dropout(torch.cat([mean, most], 1))
        joined = self.fine(fine) + self.middle(middle) + F.interpolate(self.coarse(coarse), scale_factor=2, mode="nearest")
        cells = self.cells(self.joined(joined)).float()
        flat = SHARPNESS * cells.flatten(2)
        peak = flat.amax(2, keepdim=True)
        highest = (torch.log(torch.exp(flat - peak).mean(2)) + peak[:, :, 0]) / SHARPNESS  # between the mean and the maximum
        damage = self.whole(both).float() + F.pad(self.share * highest, (0, 1))
        subject = self.subject(self.dropout(torch.cat([mean, middle.mean((2, 3))], 1)))
        return {"subject": subject, "severity": self.severity(both), "part": self.part(both), "damage": damage, "map": cells, "features": texture_of(fine)}


class Pair(nn.Module):
    """What one network says of a photo and another (or the same) of its mirror image: the mean, or the other's `shares` by output."""

    def __init__(self, net, other, shares={}):
        super().__init__()
        self.net, self.other = net, other
        for name, share in shares.items():
            self.register_buffer(f"{name}_share", torch.tensor(share))

    def forward(self, x):
        plain, mirrored = self.net(x), self.other(torch.flip(x, (3,)))
        mirrored["map"] = torch.flip(mirrored["map"], (3,))
        return {name: value + (mirrored[name] - value) * getattr(self, f"{name}_share", 0.5) for name, value in plain.items()}
