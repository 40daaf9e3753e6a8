"""Undamaged vehicles out of photos of damaged ones: windows and mirrored halves in which no damage is seen.

A network that knows which parts of a photo's vehicle are damaged scores half-size windows of every photo. Windows that it takes for a vehicle
without a damaged part become `undamaged`; the window of the same photo with the most damage keeps the photo's severity, so that being a close-up
says nothing. In the same way the cleaner half of a photo, mirrored to a whole vehicle, becomes `undamaged`, and the other half, mirrored, stays damaged.
"""
import numpy as np
import torch
import torch.nn.functional as F

from kit.export import normalise
from kit.augment import to_float

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
    x = F.interpolate(to_float(photos), size=(px, px), mode="bicubic", align_corners=False)
    return (x.clamp(0, 1) * 255).round().byte().permute(0, 2, 3, 1).numpy()


def score(net, photos, vehicle_class, px=112, batch=64):
    """(damage, vehicle) [n]: the highest probability of a damaged part plus the expected severity (0 minor .. 1 severe); the probability of a vehicle."""
    damage, vehicle = [], []
    with torch.no_grad(), torch.cpu.amp.autocast(dtype=torch.bfloat16):
        for i in range(0, len(photos), batch):
            out = net(normalise(F.interpolate(to_float(photos[i:i + batch]), size=(px, px), mode="bilinear", antialias=True)))
            severity = torch.softmax(out["severity"].float(), 1) @ torch.tensor([0.0, 0.5, 1.0])
            damage.append(torch.sigmoid(out["part"].float()).max(1).values + severity)
            vehicle.append(torch.softmax(out["subject"].float(), 1)[:, vehicle_class])
    return torch.cat(damage).numpy(), torch.cat(vehicle).numpy()


def find_parts(net, photos, severity, vehicle_class, limits=None):
    """(clean, damaged, limits): lists of (photo, name of the cut, damage score), and the damage scores that bound them.

    `limits` found on the training photos are handed in for val.
    """
    names = [("window", x, y) for y in OFFSETS for x in OFFSETS] + [("mirror", "left"), ("mirror", "right")]
    scores = [score(net, cut(photos, name), vehicle_class) for name in names]
    damage, vehicle = np.stack([d for d, _ in scores], 1), np.stack([v for _, v in scores], 1) >= VEHICLE_ABOVE
    limits = limits or tuple(np.quantile(damage[vehicle], (CLEAN_SHARE, DAMAGED_SHARE)).tolist())
    clean, damaged = [], []
    for kind in ("window", "mirror"):
        columns = [k for k, name in enumerate(names) if name[0] == kind]
        for i in range(len(photos)):
            fit = [k for k in columns if vehicle[i, k]]
            if not fit:
                continue
            least, most = min(fit, key=lambda k: damage[i, k]), max(fit, key=lambda k: damage[i, k])
            if damage[i, least] < limits[0] and severity[i] != SEVERE:
                clean.append((i, names[least], float(damage[i, least])))
            if damage[i, most] > limits[1] and severity[i] >= 0:
                damaged.append((i, names[most], float(damage[i, most])))
    return clean, damaged, limits


def pieces(photos, found, px):
    """uint8 [n, px, px, 3] of the pieces found by find_parts()."""
    return np.concatenate([enlarge(cut(photos[i:i + 1], name), px) for i, name, _ in found]) if found else np.zeros((0, px, px, 3), np.uint8)
