"""Cracks: hairline to gaping, forked, stepped along joints, drawn or lifted from real close-ups."""
import numpy as np
from PIL import Image
from scipy import ndimage

from .fields import blend, earthy, grain, rim, shift, strokes
from .regions import pick_point


def wander(start, end, rng, roughness, depth=6):
    """Midpoint-displaced path from start to end, (2 ** depth + 1) points of (x, y)."""
    path = [np.asarray(start, float), np.asarray(end, float)]
    for _ in range(depth):
        finer = []
        for a, b in zip(path, path[1:]):
            along = b - a
            normal = np.array([-along[1], along[0]])
            finer += [a, (a + b) / 2 + normal * rng.normal(0, roughness) + along * rng.normal(0, roughness / 2)]
        path = finer + [path[-1]]
    return path


def stairs(start, end, rng):
    """A stepped path as along brick joints: alternating runs and rises with slight wobble."""
    steps = rng.integers(3, 12)
    corners = [np.asarray(start, float)]
    for step in range(1, steps + 1):
        goal = np.asarray(start) + (np.asarray(end) - np.asarray(start)) * step / steps
        corners += [np.array([goal[0], corners[-1][1]]), goal]
    path = []
    for a, b in zip(corners, corners[1:]):
        path += wander(a, b, rng, .05, depth=2)[:-1]
    return path + [corners[-1]]


def segments_of(path, width_px, rng):
    """The path as segments whose width swells and thins along it and tapers to its ends."""
    count = len(path) - 1
    knots = np.abs(rng.normal(1, .45, 9))
    swell = np.interp(np.linspace(0, 8, count), np.arange(9), knots)
    taper = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (.2 * count) + .25)
    broken = rng.random() < .2
    return [(tuple(a), tuple(b), max(.34, width_px * s * t)) for a, b, s, t in zip(path, path[1:], swell, taper)
            if not (broken and rng.random() < .12)]


def crack_lines(region, rng, length_px, width_px):
    """Segments of one crack with its forks, through a point of the region."""
    row, column = pick_point(region, rng)
    angle = rng.uniform(0, np.pi)
    reach = np.array([np.cos(angle), np.sin(angle)]) * length_px / 2
    middle = np.array([column, row], float)
    if rng.random() < .25:
        path = stairs(middle - reach, middle + reach, rng)
    else:
        path = wander(middle - reach, middle + reach, rng, rng.uniform(.06, .2))
    lines = segments_of(path, width_px, rng)
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        root = path[rng.integers(len(path) // 5, len(path) * 4 // 5)]
        turn = angle + rng.choice([-1, 1]) * rng.uniform(.4, 1.4) + rng.choice([0, np.pi])
        tip = root + np.array([np.cos(turn), np.sin(turn)]) * length_px * rng.uniform(.15, .5)
        lines += segments_of(wander(root, tip, rng, rng.uniform(.06, .2), depth=5), width_px * rng.uniform(.4, .8), rng)
    return lines


def paint_crack(photo, alpha, rng):
    """The photo with a groove where alpha is: dark core, one lit lip, one soft shadow."""
    light, depth = rng.uniform(0, 2 * np.pi), rng.uniform(.35, .97)
    core = photo * (1 - depth) + rng.uniform(0, .08)
    lip = np.clip(rim(alpha, light, rng.uniform(.6, 2.4)), -1, 1) * rng.uniform(0, .25)
    out = photo * (1 - rng.uniform(0, .25) * ndimage.gaussian_filter(alpha, rng.uniform(1, 4)))[..., None]
    return np.clip(blend(out, core, alpha) + (lip * (1 - alpha))[..., None], 0, 1)


def render_crack(photo, region, rng):
    """One to three cracks, 0.3 to 6 px wide at 256 px; returns (photo, mask)."""
    height, width = photo.shape[:2]
    scale = min(height, width) / 256
    width_px = scale * float(np.exp(rng.uniform(np.log(.55), np.log(6.5))))
    length_px = scale * max(rng.uniform(60, 330), 18 * width_px)
    lines = [line for _ in range(rng.choice([1, 1, 1, 2, 3])) for line in crack_lines(region, rng, length_px, width_px)]
    alpha = strokes(height, width, lines)
    if width_px > 1.5:
        ragged = ndimage.gaussian_filter(alpha, .3 * width_px) + .16 * grain(rng, height, width, rng.uniform(.6, 1.4))
        alpha = np.clip((ragged - .45) * 4 + .5, 0, 1) * (ndimage.maximum_filter(alpha, 5) > .05)
    alpha = ndimage.gaussian_filter(alpha, rng.uniform(.2, .7)) * region
    if width_px > 3.5 and rng.random() < .3:
        rubble = earthy(rng, .45) * (1 + .3 * grain(rng, height, width)[..., None])
        photo = blend(photo, np.clip(rubble, 0, 1), ndimage.gaussian_filter(shift(alpha, 2, 1), 1.2) * .8)
    return paint_crack(photo, alpha, rng), (alpha > .18).astype(np.float32)


def lift_crack(closeup):
    """Darkness (0 = none) of a real crack on an even close-up, as a map to lay on other surfaces."""
    grey = closeup.mean(2)
    ground = ndimage.gaussian_filter(ndimage.median_filter(grey[::8, ::8], 9), 1)
    ground = np.asarray(Image.fromarray(ground).resize(grey.shape[::-1], Image.BILINEAR))
    dark = 1 - grey / (ground + 1e-3)
    parts, count = ndimage.label(ndimage.gaussian_filter(dark, 1) > .18)
    if count == 0:
        return None
    sizes = ndimage.sum_labels(np.ones_like(dark), parts, np.arange(1, count + 1))
    kept = np.isin(parts, 1 + np.flatnonzero(sizes > .15 * sizes.max()))
    near = ndimage.gaussian_filter(ndimage.binary_dilation(kept, iterations=3).astype(np.float32), 1)
    share = kept.mean()
    return np.clip(dark, -.25, 1) * near if .004 < share < .3 else None


def lay_crack(photo, region, darkness, rng):
    """A lifted crack at a random scale and angle on another surface; returns (photo, mask)."""
    height, width = photo.shape[:2]
    size = int(min(height, width) * rng.uniform(.3, 1.15))
    stretch = rng.uniform(.7, 1.4)
    image = Image.fromarray(darkness).resize((size, max(24, int(size * stretch))), Image.LANCZOS)
    image = image.rotate(rng.uniform(0, 360), Image.BICUBIC, expand=True)
    piece = np.asarray(image)
    row, column = pick_point(region, rng)
    layer = np.zeros((height, width), np.float32)
    top, left = row - piece.shape[0] // 2, column - piece.shape[1] // 2
    r0, c0 = max(0, top), max(0, left)
    r1, c1 = min(height, top + piece.shape[0]), min(width, left + piece.shape[1])
    layer[r0:r1, c0:c1] = piece[r0 - top:r1 - top, c0 - left:c1 - left]
    layer = layer * region * rng.uniform(.7, 1.15)
    return np.clip(photo * (1 - layer[..., None]), 0, 1), (layer > .16).astype(np.float32)
