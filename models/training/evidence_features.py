"""Hand-made features of a photo that survive resizing and JPEG: colour, the spectrum, and its two coarse bands.

The finest bands are left out: with generators that were not seen they do more harm than good.
All of it is plain tensor algebra, so that the features export to ONNX together with what learns from them.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

TO_YCC = torch.tensor([[.299, .587, .114], [-.1687, -.3313, .5], [.5, -.4187, -.0813]])
BINOMIAL = torch.tensor([1., 4., 6., 4., 1.]) / 16
BANDS = 2
RINGS = 12


def smooth(x):
    """Binomial 5 x 5 blur of each of three channels, same size; a dense kernel, which runs faster than a grouped one."""
    kernel = torch.eye(3)[:, :, None, None] * BINOMIAL[:, None] * BINOMIAL[None]
    return F.conv2d(F.pad(x, (2, 2, 2, 2), mode='replicate'), kernel)


def moments(x):
    """Log energy, and two scale-free measures of the tails, per channel: [n, 3 c]."""
    flat = x.flatten(2)
    power = (flat ** 2).mean(2) + 1e-6
    mean_abs, mean_root = flat.abs().mean(2) + 1e-3, (flat.abs() + 1e-3).sqrt().mean(2)
    return torch.cat([power.log(), (power / mean_abs ** 2).log(), (mean_abs / mean_root ** 2).log()], 1)


def patchiness(energy, cells=8):
    """Unevenness of the local energy over the photo: spread of its log over cells, and its low end: [n, 2 c]."""
    side = int(energy.shape[2]) // cells
    local = F.avg_pool2d(energy, side)[:, :, :cells, :cells].flatten(2).add(1e-5).log()
    mean = local.mean(2, keepdim=True)
    spread = ((local - mean) ** 2).mean(2).sqrt()
    low = torch.logsumexp(-local, 2) - torch.log(torch.tensor(float(cells * cells))) + mean[..., 0]
    return torch.cat([spread, low], 1)


def correlations(x):
    """Correlation of neighbours (right, down, diagonal, two right) in a band, and of luma with chroma: [n, 4 c + 2]."""
    def correlation(a, b):
        return (a * b).mean((2, 3)) / ((a ** 2).mean((2, 3)) * (b ** 2).mean((2, 3)) + 1e-8).sqrt()
    near = [correlation(x[..., :, :-1], x[..., :, 1:]), correlation(x[..., :-1, :], x[..., 1:, :]),
            correlation(x[..., :-1, :-1], x[..., 1:, 1:]), correlation(x[..., :, :-2], x[..., :, 2:])]
    return torch.cat(near + [correlation(x[:, :1].abs(), x[:, 1:].abs())], 1)


def colour(ycc):
    """Mean, spread, soft quantiles of luma and of saturation: [n, 3 + 3 + 8]."""
    flat = ycc.flatten(2)
    mean = flat.mean(2)
    spread = ((flat - mean[..., None]) ** 2).mean(2).add(1e-6).sqrt()
    saturation = (flat[:, 1:] ** 2).sum(1).add(1e-6).sqrt()
    darks = [torch.sigmoid((flat[:, 0] - level) * 40).mean(1, keepdim=True) for level in (.05, .3, .6, .95)]
    vivid = [torch.sigmoid((saturation - level) * 60).mean(1, keepdim=True) for level in (.04, .12, .25, .4)]
    return torch.cat([mean, spread, *darks, *vivid], 1)


class Spectrum(nn.Module):
    """Log power of luma in rings of spatial frequency, less its mean, and its peak over median per ring: [n, 2 x 12]."""

    def __init__(self, px):
        super().__init__()
        t = torch.arange(px).float()
        angle = 2 * torch.pi * t[:, None] * t[None] / px
        self.half = px // 2 + 1
        self.register_buffer('cosine', torch.cos(angle))
        self.register_buffer('sine', torch.sin(angle))
        window = .5 - .5 * torch.cos(2 * torch.pi * (t + .5) / px)
        self.register_buffer('window', window[:, None] * window[None])
        frequency = torch.minimum(t, px - t)
        radius = (frequency[:, None] ** 2 + frequency[None, :self.half] ** 2).sqrt()
        edges = torch.logspace(torch.log10(torch.tensor(3.)), torch.log10(torch.tensor(px / 2.)), RINGS + 1)
        rings = torch.stack([((radius >= a) & (radius < b)).float().flatten() for a, b in zip(edges, edges[1:])], 1)
        self.register_buffer('rings', rings / rings.sum(0))

    def forward(self, luma):
        # Twice, because the first mean is rounded, which would show on a flat photo.
        x = luma - luma.mean((1, 2), keepdim=True)
        x = (x - x.mean((1, 2), keepdim=True)) * self.window
        cosine, sine = self.cosine[:, :self.half], self.sine[:, :self.half]
        across, down = self.cosine @ x, self.sine @ x
        real, imaginary = across @ cosine - down @ sine, down @ cosine + across @ sine
        # In units of a floor, so that a flat photo gives exact zeros.
        power = 1 + 1e3 * (real ** 2 + imaginary ** 2).flatten(1)
        level = power.log() @ self.rings
        excess = (power @ self.rings).log() - level
        return torch.cat([level - level.mean(1, keepdim=True), excess], 1)


def centre_over_rest(x):
    """Log of the mean over the middle four ninths, then the middle ninth, against the whole, per channel of a positive map: [n, 2 c]."""
    side = int(x.shape[2])
    whole = x.mean((2, 3)) + 1e-4
    middles = [x[:, :, side * k // 6:side - side * k // 6, side * k // 6:side - side * k // 6].mean((2, 3)) + 1e-4 for k in (1, 2)]
    return torch.cat([(middle / whole).log() for middle in middles], 1)


class Features(nn.Module):
    """RGB photo [n, 3, px, px] in 0..1 -> features [n, k]."""

    def __init__(self, px):
        super().__init__()
        self.register_buffer('to_ycc', TO_YCC[:, :, None, None])
        self.spectrum = Spectrum(px)

    def forward(self, x):
        ycc = F.conv2d(x, self.to_ycc)
        half = F.avg_pool2d(ycc, 2)
        parts, level = [colour(half), centre_over_rest(half.abs()), self.spectrum(ycc[:, 0])], F.avg_pool2d(half, 2)
        for _ in range(BANDS):
            low = smooth(level)
            detail = level - low
            parts += [moments(detail), patchiness(detail ** 2), correlations(detail), centre_over_rest(detail ** 2)]
            level = F.avg_pool2d(low, 2)
        return torch.cat(parts, 1)
