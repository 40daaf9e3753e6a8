"""Procedural roofs, whole and with missing, slipped or stripped coverings."""
import numpy as np
from scipy import ndimage

from .fields import blend, blob, earthy, fractal, grain, relief, sharpen_edge


def roof_coordinates(height, width, rng):
    """Course and tile coordinates of a tilted roof plane, in tiles."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    tilt, course_px = rng.uniform(-.5, .5), rng.uniform(7, 26)
    depth = 1 + rng.uniform(-.0025, .0025) * rows
    down = (rows * np.cos(tilt) - columns * np.sin(tilt)) / course_px / depth
    across = (rows * np.sin(tilt) + columns * np.cos(tilt)) / (course_px * rng.uniform(.7, 2.2)) / depth
    return down, across


def tile_noise(rng, down, across):
    """One random number per tile, staggered by half a tile from course to course."""
    table = rng.random((97, 89)).astype(np.float32)
    course = np.floor(down).astype(int)
    return table[course % 97, np.floor(across + .5 * (course % 2)).astype(int) % 89]


def draw_roof(height, width, rng):
    """A roof photo and its coordinates: shingles, slates or pantiles."""
    down, across = roof_coordinates(height, width, rng)
    course = np.floor(down)
    across = across + .5 * (course % 2)
    inside = down - course
    lap = 1 - rng.uniform(.25, .7) * np.clip((inside - .86) / .1, 0, 1)
    joint = 1 - rng.uniform(.1, .6) * (np.abs(across - np.round(across)) < .05)
    wave = 1 + rng.uniform(0, .3) * np.sin(2 * np.pi * across) * (rng.random() < .5)
    colours = [(.62, .3, .2), (.4, .38, .38), (.3, .32, .36), (.5, .42, .34), (.45, .2, .16), (.55, .52, .48)]
    base = np.float32(colours[rng.integers(6)]) * rng.uniform(.7, 1.4)
    tone = 1 + rng.uniform(.05, .3) * (tile_noise(rng, down, across) - .5) + .06 * grain(rng, height, width)
    light = 1 + .1 * fractal(rng, height, width, 2)
    return np.clip(base * (lap * joint * wave * tone * light)[..., None], 0, 1).astype(np.float32), (down, across)


def sky_edge(photo, rng):
    """The photo with sky above a slanted ridge, and the mask of what is still roof."""
    height, width = photo.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    ridge = height * rng.uniform(-.3, .4) + rng.uniform(-.4, .4) * (columns - width / 2)
    roof = np.clip(rows - ridge, 0, 1)
    sky = np.float32([.55, .72, .95]) * rng.uniform(.7, 1.1) + .04 * fractal(rng, height, width, 2)[..., None]
    return blend(np.clip(sky, 0, 1), photo, roof), roof


def render_roof(rng, height, width, damaged):
    """A procedural roof; returns (photo, mask of the damage, empty when whole)."""
    photo, (down, across) = draw_roof(height, width, rng)
    mask = np.zeros((height, width), np.float32)
    if damaged:
        centre = rng.uniform(.2, .8, 2) * (height, width)
        field = blob(rng, height, width, centre, rng.uniform(22, 90), rng.uniform(.25, .6), rng.uniform(.6, 2))
        tiles = field + rng.uniform(.2, .9) * (tile_noise(rng, down, across) - .5)
        mask = sharpen_edge(tiles, .05)
        ground = earthy(rng, rng.uniform(.03, .7)) * relief(grain(rng, height, width, 1.2), 1., .15)[..., None]
        battens = (down * rng.uniform(.8, 1.2) % 1 < .25)[..., None] * np.float32([.35, .28, .2]) * (rng.random() < .5)
        photo = blend(photo, np.clip(ground + battens, 0, 1), mask)
        shade = np.clip(ndimage.shift(mask, (-2, -2), order=0) - mask, 0, 1)
        photo = photo * (1 - shade * rng.uniform(.2, .6))[..., None]
    out, roof = sky_edge(photo, rng)
    return out, mask * roof
