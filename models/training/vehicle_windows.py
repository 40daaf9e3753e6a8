"""Undamaged vehicles out of photos of damaged ones: windows and mirrored halves in which no damage is seen, and mosaics of windows.

A network that never saw the photo, and knows severity and damaged parts, scores half-size windows of it. The cleanest windows become `undamaged`;
the window of the same photo with the most damage keeps the photo's severity, so that being a close-up says nothing. In the same way the cleaner half
of a photo, mirrored to a whole vehicle, becomes `undamaged`, and the other half, mirrored, stays damaged. Four windows side by side are `undamaged`
when all are clean, else as severe as their worst, so that showing much of a vehicle at a small scale says nothing either.
"""
import numpy as np
import torch
import torch.nn.functional as F

from kit.export import normalise
from kit.augment import to_float
from subject_data import LABELS

SIDE = 0.5
OFFSETS = (0.0, 0.25, 0.5)
VEHICLE_ABOVE = 0.5
CLEAN_SHARE, DAMAGED_SHARE = 0.2, 0.5  # of all pieces that are vehicles: the cleanest, the most damaged
SEVERE = 2


def cut(photos, name):
    """The part `name` of photos uint8 [n, h, w, 3]: ('window', x, y) as shares, or ('mirror', 'left' | 'right') as a whole picture."""
    n, h, w, _ = photos.shape
    if name[0] == "window":
        top, left, dh, dw = int(name[2] * h), int(name[1] * w), int(SIDE * h), int(SIDE * w)
        return photos[:, top:top + dh, left:left + dw]
    if name[1] == "left":
        half = photos[:, :, :w // 2]
        return np.concatenate([half, half[:, :, ::-1]], 2)
    half = photos[:, :, w - w // 2:]
    return np.concatenate([half[:, :, ::-1], half], 2)


def enlarge(photos, px):
    """uint8 [n, h, w, 3] resized to px x px."""
    x = F.interpolate(to_float(photos), size=(px, px), mode="bicubic", align_corners=False, antialias=px < photos.shape[1])
    return (x.clamp(0, 1) * 255).round().byte().permute(0, 2, 3, 1).numpy()


def damage_of(net, photos, px=112, batch=64):
    """Damage [n] of uint8 photos: the highest probability of a damaged part plus the expected severity (0 minor .. 1 severe)."""
    found = []
    with torch.no_grad(), torch.cpu.amp.autocast(dtype=torch.bfloat16):
        for i in range(0, len(photos), batch):
            out = net(normalise(F.interpolate(to_float(photos[i:i + batch]), size=(px, px), mode="bilinear", antialias=True)))
            severity = torch.softmax(out["severity"].float(), 1) @ torch.tensor([0.0, 0.5, 1.0])
            found.append(torch.sigmoid(out["part"].float()).max(1).values + severity)
    return torch.cat(found).numpy()


def shows_vehicle(net, photos, px=112, batch=64):
    """Whether the subject network takes each of the uint8 photos for a vehicle [n]."""
    found = []
    with torch.no_grad(), torch.cpu.amp.autocast(dtype=torch.bfloat16):
        for i in range(0, len(photos), batch):
            out = net(normalise(F.interpolate(to_float(photos[i:i + batch]), size=(px, px), mode="bilinear", antialias=True)))
            found.append(torch.softmax(out["subject"].float(), 1)[:, LABELS.index("vehicle")] >= VEHICLE_ABOVE)
    return torch.cat(found).numpy()


NAMES = [("window", x, y) for y in OFFSETS for x in OFFSETS] + [("mirror", "left"), ("mirror", "right")]


def scored(finder, subject_net, photos):
    """(damage, is a vehicle) [n, 11] of the cuts NAMES of uint8 photos that `finder` was not trained on."""
    cuts = [cut(photos, name) for name in NAMES]
    return np.stack([damage_of(finder, c) for c in cuts], 1), np.stack([shows_vehicle(subject_net, c) for c in cuts], 1)


def limits_of(damage, vehicle):
    """(clean below, damaged above) by CLEAN_SHARE and DAMAGED_SHARE of the cuts that show a vehicle."""
    return tuple(np.quantile(damage[vehicle], (CLEAN_SHARE, DAMAGED_SHARE)).tolist())


def find_parts(damage, vehicle, severity, limits):
    """(clean, damaged): lists of (photo, name of the cut), at most one window and one mirrored half of each photo in each list."""
    clean, damaged = [], []
    for kind in ("window", "mirror"):
        columns = [k for k, name in enumerate(NAMES) if name[0] == kind]
        for i in range(len(damage)):
            fit = [k for k in columns if vehicle[i, k]]
            if not fit:
                continue
            least, most = min(fit, key=lambda k: damage[i, k]), max(fit, key=lambda k: damage[i, k])
            if damage[i, least] < limits[0] and severity[i] != SEVERE:
                clean.append((i, NAMES[least]))
            if damage[i, most] > limits[1] and severity[i] >= 0:
                damaged.append((i, NAMES[most]))
    return clean, damaged


def pieces(photos, found, px):
    """uint8 [n, px, px, 3] of the pieces found by find_parts()."""
    return np.concatenate([enlarge(cut(photos[i:i + 1], name), px) for i, name in found]) if found else np.zeros((0, px, px, 3), np.uint8)


def mosaics(clean, damaged, level, rng, count):
    """`count` mosaics of four windows, uint8 [n, px, px, 3], and their severity: every second one holds one or two damaged windows.

    `clean`, `damaged`: windows uint8 [n, px, px, 3]; `level`: severity of the damaged ones, 1 minor .. 3 severe.
    """
    px = clean.shape[1] // 2
    made, levels = np.zeros((count, 2 * px, 2 * px, 3), np.uint8), np.zeros(count, np.int64)
    for k in range(count):
        tiles = list(clean[rng.choice(len(clean), 4)])
        if k % 2:
            worst = rng.choice(len(damaged), rng.integers(1, 3))
            for place, i in zip(rng.choice(4, len(worst), replace=False), worst):
                tiles[place] = damaged[i]
            levels[k] = level[worst].max()
        small = enlarge(np.stack(tiles), px)
        made[k] = np.concatenate([np.concatenate(list(small[:2]), 1), np.concatenate(list(small[2:]), 1)], 0)
    return made, levels
