"""Coverings that come away: peeling paint and spalling concrete or plaster."""
import numpy as np
from scipy import ndimage

from .fields import blend, blob, earthy, fractal, grain, relief, rim, sharpen_edge
from .regions import pick_point


def bare_ground(rng, height, width, roughness):
    """Texture of what shows under a lost covering, 0..1."""
    height_field = fractal(rng, height, width, 30, 3, .8) + roughness * grain(rng, height, width, rng.uniform(.7, 1.8))
    shade = relief(height_field, rng.uniform(0, 6.28), .12 + .12 * roughness)
    tone = earthy(rng) * (1 + .08 * fractal(rng, height, width, 6)[..., None])
    return np.clip(tone * shade[..., None], 0, 1)


def crackle(rng, height, width, cell_px):
    """Thin lines between random cells, as in old paint, 0..1."""
    count = max(8, int(height * width / cell_px ** 2))
    seeds = np.ones((height, width), bool)
    seeds[rng.integers(0, height, count), rng.integers(0, width, count)] = False
    rows, columns = ndimage.distance_transform_edt(seeds, return_distances=False, return_indices=True)
    label = rows * width + columns
    edge = (label != np.roll(label, 1, 0)) | (label != np.roll(label, 1, 1))
    return ndimage.gaussian_filter(edge.astype(np.float32), .5)


def render_peeling(photo, region, rng):
    """Flakes of paint gone, lifted edges with shadow, another colour beneath; returns (photo, mask)."""
    height, width = photo.shape[:2]
    field = blob(rng, height, width, pick_point(region, rng), rng.uniform(30, 130), rng.uniform(.35, .7))
    field = field + rng.uniform(.1, .5) * fractal(rng, height, width, 14, 4, .7) - rng.uniform(0, .4)
    mask = sharpen_edge(field, .05) * (region > .5)
    out = blend(photo, bare_ground(rng, height, width, rng.uniform(.1, .7)), mask)
    edge = rim(mask, rng.uniform(0, 6.28), rng.uniform(1, 3.5))
    out = out * (1 - np.clip(edge, 0, 1) * rng.uniform(.3, .75))[..., None] + (np.clip(-edge, 0, 1) * rng.uniform(0, .3))[..., None]
    near = np.clip(ndimage.gaussian_filter(mask, 6) * 2, 0, 1)
    if rng.random() < .5:
        out = out * (1 - crackle(rng, height, width, rng.uniform(8, 24)) * near * (1 - mask) * rng.uniform(.3, .8))[..., None]
    return np.clip(out, 0, 1), (near > .35).astype(np.float32)


def rebar(rng, height, width, mask):
    """Rusty bar through the patch as (colour layer, alpha)."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, thick = rng.choice([0, np.pi / 2]) + rng.normal(0, .08), rng.uniform(2, 5)
    weights = mask / (mask.sum() + 1e-6)
    off = (rows - (rows * weights).sum()) * np.cos(angle) - (columns - (columns * weights).sum()) * np.sin(angle)
    alpha = np.clip(thick - np.abs(off), 0, 1) * mask
    return np.float32([.42, .24, .14]) * rng.uniform(.6, 1.2), alpha


def render_spalling(photo, region, rng):
    """A broken-out patch with rough aggregate, deep rim and at times a rusty bar; returns (photo, mask)."""
    height, width = photo.shape[:2]
    field = blob(rng, height, width, pick_point(region, rng), rng.uniform(22, 90), rng.uniform(.2, .4), rng.uniform(.6, 1.6))
    mask = sharpen_edge(field, .06) * (region > .5)
    ground = bare_ground(rng, height, width, rng.uniform(.8, 1.4)) * rng.uniform(.6, .95)
    out = blend(photo, ground, mask)
    if rng.random() < .35:
        out = blend(out, *rebar(rng, height, width, mask))
    light = rng.uniform(0, 6.28)
    edge = ndimage.gaussian_filter(rim(mask, light, rng.uniform(2, 5)), .8)
    out = out * (1 - np.clip(edge, 0, 1) * mask * rng.uniform(.4, .8))[..., None]
    return np.clip(out + (np.clip(-edge, 0, 1) * rng.uniform(.05, .25))[..., None], 0, 1), (mask > .5).astype(np.float32)
