"""Photos of screens: the pixel grid and its moire, lifted blacks, cold light, glare, bezel and tilt."""
import numpy as np
from PIL import Image
from scipy import ndimage

from .fields import blend, fractal


def tilt(photo, rng, strength=.12):
    """The photo seen at a slant: a random mild perspective, edges filled with a dark surround."""
    height, width = photo.shape[:2]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    target = source + rng.uniform(-strength, strength, (4, 2)) * (width, height)
    rows = []
    for (x, y), (u, v) in zip(target, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    weights = np.linalg.solve(np.array(rows), source.ravel())
    image = Image.fromarray((np.clip(photo, 0, 1) * 255).astype(np.uint8))
    surround = tuple(int(v) for v in rng.integers(0, 60, 3))
    out = image.transform((width, height), Image.PERSPECTIVE, tuple(weights), Image.BICUBIC, fillcolor=surround)
    return np.asarray(out, np.float32) / 255


def pixel_grid(rng, height, width):
    """Brightness factor [height, width, 3] of a sub-pixel grid sampled by a sensor: moire comes of the sampling."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    bend = rng.uniform(0, 1.5) * fractal(rng, height, width, 1, 2)
    angle, pitch = rng.normal(0, .2), rng.uniform(.3, 1.3)
    lean = rng.uniform(-4e-4, 4e-4, 2)
    along = (columns * np.cos(angle) + rows * np.sin(angle)) * pitch * (1 + lean[0] * rows) + bend
    down = (rows * np.cos(angle) - columns * np.sin(angle)) * pitch * (1 + lean[1] * columns) + bend
    depth = rng.uniform(.02, .22)
    stripes = np.stack([np.cos(2 * np.pi * (along + c / 3)) for c in range(3)], 2)
    lines = np.cos(2 * np.pi * down)[..., None]
    return (1 + depth * stripes) * (1 + depth * rng.uniform(.3, 1) * lines)


def glare(photo, rng):
    """Soft reflections of lamps or windows on the glass."""
    height, width = photo.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range(rng.integers(0, 3)):
        centre, radius = rng.uniform(0, 1, 2) * (height, width), rng.uniform(.08, .4) * width
        spot = np.exp(-((rows - centre[0]) ** 2 + (columns - centre[1]) ** 2) / radius ** 2)
        photo = blend(photo, [1, 1, 1], spot * rng.uniform(.1, .6))
    return photo


def render_recapture(photo, rng):
    """The photo as shown on a screen and photographed from it; float 0..1, same size."""
    height, width = photo.shape[:2]
    out = np.clip(photo, 0, 1) ** rng.uniform(.75, 1.35)
    out = ndimage.gaussian_filter(out, (rng.uniform(.2, 1.1),) * 2 + (0,))
    cold = np.float32([1, 1, 1]) + rng.uniform(-.03, .1) * np.float32([-1, 0, 1.2])
    out = out * cold * rng.uniform(.8, 1.25) + rng.uniform(0, .12)
    if rng.random() < .5:
        out = tilt(out, rng)
    if rng.random() < .8:
        out = out * pixel_grid(rng, height, width)
    out = glare(out, rng) * (1 + .12 * fractal(rng, height, width, 2, 2)[..., None] * rng.random())
    return np.clip(out + rng.normal(0, rng.uniform(0, .02), out.shape), 0, 1).astype(np.float32)
