"""Damp stains (tide marks, patches, rising damp, salt) and mould."""
import numpy as np
from scipy import ndimage

from .fields import blend, blob, fractal, grain, sharpen_edge
from .regions import pick_point


def ringed_stain(photo, region, rng):
    """A dried leak: pale brown patch with darker, irregular tide lines."""
    height, width = photo.shape[:2]
    field = blob(rng, height, width, pick_point(region, rng), rng.uniform(25, 110), rng.uniform(.15, .45), rng.uniform(.6, 1.6))
    colour = np.float32([.55, .4, .22]) * rng.uniform(.7, 1.4) + rng.uniform(-.05, .05, 3)
    alpha = sharpen_edge(field, rng.uniform(.08, .5)) * rng.uniform(.1, .4)
    for _ in range(rng.integers(1, 4)):
        level, thickness = rng.uniform(0, .5), rng.uniform(.02, .08)
        alpha = alpha + np.exp(-((field - level) / thickness) ** 2) * rng.uniform(.15, .5)
    alpha = np.clip(alpha * (1 + .2 * fractal(rng, height, width, 8)), 0, .85) * region
    out = photo * (1 - alpha[..., None] * (1 - np.clip(colour, 0, 1)))
    return out, sharpen_edge(field + .05, .1) * region


def dark_patch(photo, region, rng):
    """Wet masonry: a darker patch with a soft, uneven edge, at times running down."""
    height, width = photo.shape[:2]
    field = blob(rng, height, width, pick_point(region, rng), rng.uniform(30, 120), rng.uniform(.3, .6))
    if rng.random() < .4:
        field = field + .5 * fractal(rng, height, width, 12, 3, stretch=6)
    alpha = sharpen_edge(field, rng.uniform(.2, .8)) * region
    tint = np.float32([.6, .55, .45]) + rng.uniform(-.12, .12, 3)
    shade = 1 - alpha[..., None] * (1 - tint) * rng.uniform(.5, 1.1) * (1 + .15 * grain(rng, height, width, 1.5)[..., None])
    return np.clip(photo * shade, 0, 1), (alpha > .4).astype(np.float32)


def rising_damp(photo, region, rng):
    """Damp from the foot of the wall up to an uneven line, with salt along that line."""
    height, width = photo.shape[:2]
    rows = np.arange(height, dtype=np.float32)[:, None]
    field = (rows - height * rng.uniform(.35, .85)) / (.2 * height) + .5 * fractal(rng, height, width, 5, 5)
    alpha = sharpen_edge(field, rng.uniform(.1, .5)) * region
    tint = np.float32([.68, .6, .5]) + rng.uniform(-.15, .12, 3)
    out = photo * (1 - alpha[..., None] * (1 - tint))
    salt = np.exp(-((field - .05) / rng.uniform(.1, .35)) ** 2) * (fractal(rng, height, width, 20, 4, .7) > .2) * region
    return blend(out, [.93, .93, .9], np.float32(salt * rng.uniform(.2, .85))), (alpha > .4).astype(np.float32)


def salt_bloom(photo, region, rng):
    """Efflorescence: whitish crusts and veils, denser towards the middle of the patch."""
    height, width = photo.shape[:2]
    field = blob(rng, height, width, pick_point(region, rng), rng.uniform(30, 130), rng.uniform(.4, .8))
    crust = sharpen_edge(field + .35 * fractal(rng, height, width, 24, 3, .8), rng.uniform(.25, .9))
    speckle = np.clip(.7 + .35 * grain(rng, height, width, rng.uniform(.6, 1.6)), 0, 1)
    alpha = crust * speckle * rng.uniform(.4, .95) * region
    return blend(photo, np.float32([.92, .92, .9]) * rng.uniform(.85, 1.05), alpha), (crust * region > .4).astype(np.float32)


def render_damp(photo, region, rng):
    """One damp picture of a random sort; returns (photo, mask)."""
    sorts = [ringed_stain, dark_patch, rising_damp, salt_bloom]
    return sorts[rng.choice(4, p=[.35, .2, .2, .25])](photo, region, rng)


def render_mould(photo, region, rng):
    """Clusters of dark specks, blurred together where dense; returns (photo, mask)."""
    height, width = photo.shape[:2]
    field = blob(rng, height, width, pick_point(region, rng), rng.uniform(25, 100), rng.uniform(.3, .6), rng.uniform(.6, 1.6))
    density = np.clip(field + .4, 0, 1) ** 1.5 * region
    alpha = np.zeros((height, width), np.float32)
    for radius in (.7, 1.4, 2.6):
        seeds = rng.random((height, width)) < density * rng.uniform(.01, .06) / radius ** 2
        spots = ndimage.gaussian_filter(seeds.astype(np.float32), radius) * (2 * np.pi * radius ** 2)
        alpha = np.maximum(alpha, np.clip(spots * 1.3, 0, 1))
    haze = ndimage.gaussian_filter(alpha, 4) * rng.uniform(.3, 1)
    colour = np.float32([.12, .14, .1]) + rng.uniform(-.05, .08, 3)
    out = blend(photo, np.clip(colour, 0, 1), np.clip(alpha * rng.uniform(.5, .95) + haze * .6, 0, .95) * region)
    return out, (ndimage.gaussian_filter(alpha, 5) > .1).astype(np.float32) * region
