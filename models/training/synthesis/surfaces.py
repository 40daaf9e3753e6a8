"""Procedural undamaged surfaces: plaster, paint, concrete, brick, tile, boards."""
import numpy as np

from .fields import earthy, fractal, grain, relief

PAINTS = [(.95, .94, .9), (.9, .85, .75), (.75, .8, .85), (.8, .85, .75), (.9, .8, .7), (.6, .65, .7), (.85, .6, .5)]


def lit(photo, rng):
    """The photo under uneven light: a gradient and at times a soft shadow edge."""
    height, width = photo.shape[:2]
    rows, columns = np.mgrid[-1:1:height * 1j, -1:1:width * 1j].astype(np.float32)
    angle = rng.uniform(0, 6.28)
    along = rows * np.sin(angle) + columns * np.cos(angle)
    light = 1 + rng.uniform(0, .3) * along
    if rng.random() < .35:
        light = light * (1 - rng.uniform(.1, .5) / (1 + np.exp(np.clip(-(along - rng.uniform(-.6, .6)) / rng.uniform(.005, .1), -30, 30))))
    return np.clip(photo * light[..., None], 0, 1).astype(np.float32)


def plaster(rng, height, width):
    """Plaster, paint or concrete with trowel marks and grain."""
    paint = np.float32(PAINTS[rng.integers(len(PAINTS))]) if rng.random() < .6 else earthy(rng)
    rough = relief(fractal(rng, height, width, rng.integers(4, 40), 4, .7), rng.uniform(0, 6.28), rng.uniform(0, .06))
    mottle = 1 + rng.uniform(0, .08) * fractal(rng, height, width, rng.integers(2, 8), 4)
    speck = 1 + rng.uniform(0, .07) * grain(rng, height, width, rng.uniform(.5, 1.5))
    return paint * (rough * mottle * speck)[..., None] * rng.uniform(.6, 1.05)


def masonry(rng, height, width):
    """Brick or tile: cells in a bond, mortar joints, one tone per brick."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    tilt, course_px, ratio = rng.normal(0, .1), float(np.exp(rng.uniform(np.log(8), np.log(90)))), rng.choice([1, 2, 3, 3.5])
    down = (rows * np.cos(tilt) - columns * np.sin(tilt)) / course_px + .02 * fractal(rng, height, width, 12)
    course = np.floor(down)
    across = (rows * np.sin(tilt) + columns * np.cos(tilt)) / course_px / ratio + .5 * (course % 2) * (ratio > 1)
    across = across + .01 * fractal(rng, height, width, 12)
    edge = np.minimum(np.abs(down - np.round(down)), ratio * np.abs(across - np.round(across)))
    joint = np.clip((rng.uniform(.03, .09) - edge) * course_px * .5 + .5, 0, 1)
    table = rng.normal(1, rng.uniform(.02, .18), (61, 67)).astype(np.float32)
    tone = table[course.astype(int) % 61, np.floor(across).astype(int) % 67]
    rough = relief(fractal(rng, height, width, 30, 3, .8), rng.uniform(0, 6.28), rng.uniform(0, .1))
    brick = earthy(rng) * (tone * rough)[..., None]
    mortar = earthy(rng, rng.uniform(.15, .95)) * (1 + .08 * grain(rng, height, width)[..., None])
    return brick * (1 - joint[..., None]) + mortar * joint[..., None]


def boards(rng, height, width):
    """Wooden boards or siding with parallel gaps."""
    columns = np.arange(width, dtype=np.float32)[None] + np.zeros((height, 1), np.float32)
    wide = rng.uniform(10, 60)
    gap = 1 - rng.uniform(.1, .7) * (columns % wide < rng.uniform(.8, 2.5))
    veins = 1 + rng.uniform(.02, .12) * fractal(rng, height, width, 40, 3, stretch=12)
    board = earthy(rng) * (gap * veins)[..., None]
    return board if rng.random() < .5 else np.ascontiguousarray(np.rot90(board)[:height, :width])


def render_surface(rng, side):
    """A square undamaged surface photo, float32 0..1."""
    sort = [plaster, masonry, boards][rng.choice(3, p=[.55, .35, .1])]
    return lit(np.clip(sort(rng, side, side), 0, 1), rng)
