"""Augmentation of whole batches: float tensors [n, 3, h, w], values 0..1, randomness from torch's generator.

Each function changes a random part of the batch (`share`) and returns a tensor of the same shape, geometry aside.
"""
import io
import math

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

LUMA = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)


def to_float(photos):
    """uint8 [n, h, w, 3] (numpy) -> float [n, 3, h, w] in 0..1."""
    return torch.from_numpy(np.array(photos)).permute(0, 3, 1, 2).float().div_(255)


def resized(photos, px):
    """uint8 [n, h, w, 3] resized to px x px."""
    x = F.interpolate(to_float(photos), size=(px, px), mode="bicubic", align_corners=False, antialias=px < photos.shape[1])
    return (x.clamp(0, 1) * 255).round().byte().permute(0, 2, 3, 1).numpy()


def uniform(n, low, high):
    """n random numbers between low and high, shaped [n, 1, 1, 1]."""
    return torch.rand(n, 1, 1, 1) * (high - low) + low


def chosen(n, share):
    """A random boolean mask [n] with about share x n True."""
    return torch.rand(n) < share


def crop_resize(x, px, area=(0.3, 1.0), aspect=(0.75, 1.33), turn=0.1, flip=0.5, shear=0.1):
    """Random crop (share of the area), aspect, turn (radians), shear and mirror in one resampling to px x px."""
    n = x.shape[0]
    side = torch.sqrt(torch.rand(n) * (area[1] - area[0]) + area[0])
    ratio = torch.exp(torch.rand(n) * math.log(aspect[1] / aspect[0]) + math.log(aspect[0])).sqrt()
    w, h = (side * ratio).clamp(max=1), (side / ratio).clamp(max=1)
    mirror = torch.where(chosen(n, flip), -1.0, 1.0)
    angle, lean = (torch.rand(n) * 2 - 1) * turn, (torch.rand(n) * 2 - 1) * shear
    cos, sin = torch.cos(angle), torch.sin(angle)
    dx, dy = (torch.rand(n) * 2 - 1) * (1 - w), (torch.rand(n) * 2 - 1) * (1 - h)
    theta = torch.stack([torch.stack([mirror * w * cos, -h * (sin - lean), dx], 1), torch.stack([mirror * w * sin, h * cos, dy], 1)], 1)
    return F.grid_sample(x, F.affine_grid(theta, (n, 3, px, px), align_corners=False), padding_mode="border", align_corners=False)


def colour(x, share=0.8, brightness=0.35, contrast=0.35, saturation=0.5, cast=0.12, grey_share=0.0):
    """Random brightness, contrast, saturation, colour cast and grey: one 3 x 3 matrix and an offset per photo."""
    n = len(x)
    on = chosen(n, share).view(-1, 1, 1).float()
    amount = 1 + on * (uniform(n, -saturation, saturation)[:, 0])
    amount = torch.where(chosen(n, grey_share).view(-1, 1, 1), torch.zeros(n, 1, 1), amount)
    matrix = torch.eye(3) * amount + LUMA.view(1, 1, 3) * (1 - amount)
    gain = (1 + on * uniform(n, -contrast, contrast)[:, 0]) * (1 + on * (torch.rand(n, 3, 1) * 2 - 1) * cast * (amount > 0))
    middle = x.mean((1, 2, 3)).view(-1, 1, 1)
    offset = middle * (1 + on * uniform(n, -brightness, brightness)[:, 0]) - middle * gain
    return torch.baddbmm(offset, matrix * gain, x.flatten(2)).view_as(x).clamp_(0, 1)


def gamma(x, share=0.25, strength=0.35):
    """Lightens or darkens the middle tones of some photos."""
    mask = chosen(len(x), share)
    x = x.clone()
    x[mask] = x[mask].clamp(min=1e-4).pow(torch.exp(uniform(int(mask.sum()), -strength, strength)))
    return x


def recolour(x, share=0.3):
    """Some photos keep their own light and dark but take the blurred colours of another photo of the batch.

    Grey photos so become plausible colour photos, and colour says less about the class.
    """
    mask = chosen(len(x), share)
    if not mask.any():
        return x
    other = F.avg_pool2d(x[torch.randperm(len(x))[:int(mask.sum())]], 8)
    tint = F.interpolate(other - (other * LUMA).sum(1, keepdim=True), size=x.shape[2:], mode="bilinear")
    x = x.clone()
    x[mask] = ((x[mask] * LUMA).sum(1, keepdim=True) + tint * uniform(int(mask.sum()), 0.3, 1.1)).clamp_(0, 1)
    return x


def blur(x, share=0.2, sigma=(0.4, 1.6)):
    """Gaussian blur of some photos, one sigma (px) a batch."""
    mask = chosen(len(x), share)
    if not mask.any():
        return x
    s = float(torch.empty(1).uniform_(*sigma))
    r = max(1, int(2 * s + 0.5))
    k = torch.exp(-torch.arange(-r, r + 1).float() ** 2 / (2 * s * s))
    k = (k / k.sum()).view(1, 1, 1, -1).repeat(3, 1, 1, 1)
    part = F.conv2d(F.pad(x[mask], (r, r, r, r), mode="reflect"), k, groups=3)
    return x.index_put((mask.nonzero()[:, 0],), F.conv2d(part, k.transpose(2, 3), groups=3))


def resize(x, share=0.2, scale=(0.4, 0.9)):
    """Some photos lose detail: scaled down and up again, one scale a batch."""
    mask = chosen(len(x), share)
    if not mask.any():
        return x
    s = float(torch.empty(1).uniform_(*scale))
    small = F.interpolate(x[mask], scale_factor=s, mode="bilinear", antialias=True)
    return x.index_put((mask.nonzero()[:, 0],), F.interpolate(small, size=x.shape[2:], mode="bilinear"))


def noise(x, share=0.15, sigma=0.05):
    """Adds Gaussian noise of random strength to some photos."""
    mask = chosen(len(x), share)
    x = x.clone()
    x[mask] = (x[mask] + torch.randn_like(x[mask]) * uniform(int(mask.sum()), 0, sigma)).clamp_(0, 1)
    return x


def jpeg(x, share=0.2, quality=(30, 90)):
    """Compresses some photos as JPEG of random quality and decodes them again."""
    x = x.clone()
    for i in chosen(len(x), share).nonzero()[:, 0].tolist():
        file = io.BytesIO()
        pixels = (x[i].permute(1, 2, 0) * 255).round().to(torch.uint8).numpy()
        Image.fromarray(pixels).save(file, "JPEG", quality=int(torch.randint(quality[0], quality[1], (1,))))
        x[i] = torch.from_numpy(np.asarray(Image.open(file)).copy()).permute(2, 0, 1).float() / 255
    return x


def erase(x, share=0.25, area=(0.03, 0.25)):
    """Covers a random rectangle of some photos with a random flat colour."""
    x, (h, w) = x.clone(), x.shape[2:]
    for i in chosen(len(x), share).nonzero()[:, 0].tolist():
        side = math.sqrt(float(torch.empty(1).uniform_(*area)))
        eh, ew = int(h * side), int(w * side)
        top, left = int(torch.randint(0, h - eh + 1, (1,))), int(torch.randint(0, w - ew + 1, (1,)))
        x[i, :, top:top + eh, left:left + ew] = torch.rand(3, 1, 1)
    return x


def mix(x, alpha=0.4, cut=0.5):
    """Mixup or, with chance `cut`, CutMix of the batch with itself: (x, order, weight of the own label)."""
    order, (h, w) = torch.randperm(len(x)), x.shape[2:]
    own = float(np.random.beta(alpha, alpha))
    if float(torch.rand(1)) >= cut:
        return x * own + x[order] * (1 - own), order, own
    ch, cw = int(h * math.sqrt(1 - own)), int(w * math.sqrt(1 - own))
    top, left = int(torch.randint(0, h - ch + 1, (1,))), int(torch.randint(0, w - cw + 1, (1,)))
    x = x.clone()
    x[:, :, top:top + ch, left:left + cw] = x[order, :, top:top + ch, left:left + cw]
    return x, order, 1 - ch * cw / (h * w)


def mixed(x, index, chance, **how):
    """(x, (own, mixed in, weight of own)) of photos numbered `index`: with `chance` the batch mixed with itself as mix() does, else as it is."""
    index = torch.from_numpy(index)
    if float(torch.rand(1)) >= chance:
        return x, (index, index, 1.0)
    x, order, own = mix(x, **how)
    return x, (index, index[order], own)


def photo_wear(x, grey_share=0.3):
    """What happens to photos in the wild, all in one: colour, cast, grey, blur, small copies, noise, JPEG."""
    return jpeg(noise(resize(blur(gamma(colour(x, grey_share=grey_share))))))
