"""Holes in walls and ceilings, and windows both broken and whole."""
import numpy as np
from scipy import ndimage

from .fields import blend, blob, earthy, fractal, grain, polygon, rim, sharpen_edge, strokes
from .regions import pick_point


def render_hole(photo, region, rng):
    """A dark opening with a ragged, lighter rim of broken plaster; returns (photo, mask)."""
    height, width = photo.shape[:2]
    radius = rng.uniform(9, 60) * min(height, width) / 256
    field = blob(rng, height, width, pick_point(region, rng), radius, rng.uniform(.12, .35), rng.uniform(.6, 1.6))
    mask = sharpen_edge(field, .08) * (region > .5)
    torn = sharpen_edge(field + rng.uniform(.1, .35) + .12 * fractal(rng, height, width, 20), .08) * (region > .5)
    out = blend(photo, np.clip(earthy(rng, rng.uniform(.6, .95)) * (1 + .1 * grain(rng, height, width)[..., None]), 0, 1), torn)
    inside = earthy(rng, rng.uniform(.02, .22)) * (1 + .35 * fractal(rng, height, width, 5)[..., None])
    if rng.random() < .35:
        laths = (np.sin(np.arange(height) * rng.uniform(.3, .8))[:, None] > .2) * rng.uniform(.05, .3)
        inside = inside + laths[..., None] * np.float32([1, .8, .6])
    out = blend(out, np.clip(inside, 0, 1), mask)
    shade = np.clip(rim(mask, rng.uniform(0, 6.28), rng.uniform(1, 4)), 0, 1) * rng.uniform(.2, .6)
    return np.clip(out * (1 - shade[..., None]), 0, 1), ((mask + torn) > .5).astype(np.float32)


def pane_shape(region, rng):
    """Corners (x, y) of an upright window in the region, slightly out of true, and its size."""
    row, column = pick_point(region, rng)
    tall, wide = rng.uniform(30, 110), rng.uniform(25, 90)
    corners = np.array([(-.5, -.5), (.5, -.5), (.5, .5), (-.5, .5)]) * (wide, tall) + (column, row)
    return corners + rng.normal(0, .04 * wide, (4, 2)), wide, tall


def draw_window(photo, corners, rng):
    """A whole window: frame, bars, glass with a reflected gradient; returns (photo, glass mask)."""
    height, width = photo.shape[:2]
    frame = polygon(height, width, [tuple(c) for c in (corners - corners.mean(0)) * 1.15 + corners.mean(0)])
    glass = polygon(height, width, [tuple(c) for c in corners])
    sky = rng.uniform(.05, .8) + .12 * fractal(rng, height, width, 2, 3)
    reflection = np.clip(sky[..., None] * np.float32([.9, .97, 1.06]), 0, 1)
    out = blend(blend(photo, np.clip(earthy(rng, rng.uniform(.3, 1)), 0, 1), frame), reflection, glass)
    middle = [(corners[i] + corners[(i + 1) % 4]) / 2 for i in range(4)]
    bars = [(tuple(middle[0]), tuple(middle[2]), rng.uniform(1, 4))] if rng.random() < .6 else []
    if rng.random() < .5:
        bars.append((tuple(middle[1]), tuple(middle[3]), rng.uniform(1, 4)))
    if bars:
        out = blend(out, np.clip(earthy(rng, rng.uniform(.3, 1)), 0, 1), strokes(height, width, bars))
    return out, glass


def render_window(photo, region, rng):
    """A whole window, to contrast with a broken one; returns (photo, empty mask)."""
    corners, _, _ = pane_shape(region, rng)
    out, glass = draw_window(photo, corners, rng)
    return out, glass * 0


def shard_star(centre, radius, rng):
    """A jagged star of (x, y) corners: the gap that flying glass leaves."""
    spikes = rng.integers(7, 15)
    angles = np.sort(rng.uniform(0, 2 * np.pi, spikes * 2))
    reach = np.where(np.arange(spikes * 2) % 2, rng.uniform(.25, .6, spikes * 2), rng.uniform(.6, 1.25, spikes * 2)) * radius
    return [(centre[0] + r * np.cos(a), centre[1] + r * np.sin(a)) for r, a in zip(reach, angles)]


def render_broken_window(photo, region, rng):
    """A window with a jagged gap and radial cracks in the glass; returns (photo, mask)."""
    height, width = photo.shape[:2]
    corners, wide, tall = pane_shape(region, rng)
    out, glass = draw_window(photo, corners, rng)
    centre = corners.mean(0) + rng.uniform(-.25, .25, 2) * (wide, tall)
    radius = rng.uniform(.12, .45) * min(wide, tall) * (rng.random() < .8)
    gap = polygon(height, width, shard_star(centre, max(radius, 1), rng)) * glass
    rays, step = [], rng.uniform(.25, .7)
    for angle in np.arange(rng.uniform(0, 1), 2 * np.pi, step):
        tip = centre + np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(.3, .8) * max(wide, tall)
        rays.append((tuple(centre), tuple(tip + rng.normal(0, 3, 2)), rng.uniform(.35, 1.1)))
    lines = strokes(height, width, rays) * glass
    out = blend(out, [rng.uniform(.6, 1)] * 3 if rng.random() < .7 else [.1] * 3, lines * rng.uniform(.4, .9))
    dark = earthy(rng, rng.uniform(.01, .2))
    out = blend(out, dark, gap)
    edge = np.clip(-rim(gap, rng.uniform(0, 6.28), 1.2), 0, 1) * glass
    out = np.clip(out + (edge * rng.uniform(.1, .5))[..., None], 0, 1)
    return out, (ndimage.gaussian_filter(np.maximum(lines, gap), 3) > .12).astype(np.float32)
