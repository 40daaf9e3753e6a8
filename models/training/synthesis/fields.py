"""Random fields and small drawing tools shared by the renderers."""
import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

SUPERSAMPLE = 3


def enlarge(field, height, width):
    """Bicubic enlargement of a small float field to (height, width)."""
    image = Image.fromarray(np.asarray(field, np.float32), mode='F')
    return np.asarray(image.resize((width, height), Image.BICUBIC))


def fractal(rng, height, width, coarse=3, octaves=4, gain=0.5, stretch=1.0):
    """Smooth noise, mean 0, standard deviation 1; `stretch` > 1 draws it out vertically."""
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        cells = coarse * 2 ** octave
        rows = max(2, round(cells / stretch))
        total += gain ** octave * enlarge(rng.standard_normal((rows + 1, cells + 1)), height, width)
    return (total - total.mean()) / (total.std() + 1e-6)


def grain(rng, height, width, sigma=0.7):
    """Fine noise of blur `sigma` pixels, standard deviation 1."""
    noise = ndimage.gaussian_filter(rng.standard_normal((height, width)).astype(np.float32), sigma)
    return noise / (noise.std() + 1e-6)


def blob(rng, height, width, centre, radius_px, roughness=0.35, squash=1.0):
    """Signed field of an irregular blob: > 0 inside, about -1 far outside; `squash` flattens it."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = np.hypot((rows - centre[0]) * squash, columns - centre[1]) / radius_px
    return 1 - distance + roughness * fractal(rng, height, width, coarse=4, octaves=5, gain=0.6)


def sharpen_edge(field, softness):
    """0..1 mask of field > 0 with an edge about `softness` wide in field units."""
    return np.clip(field / softness + 0.5, 0, 1).astype(np.float32)


def shift(field, rows, columns):
    """The field moved by whole pixels, edges repeated."""
    return ndimage.shift(field, (rows, columns), order=0, mode='nearest')


def blend(photo, colour, alpha):
    """The photo covered with `colour` (3 numbers or a photo) where alpha is 1."""
    return photo * (1 - alpha[..., None]) + np.asarray(colour, np.float32) * alpha[..., None]


def rim(mask, light, depth_px):
    """Highlight (+) and shadow (-) along the edge of a mask, lit from direction `light` in radians."""
    rows, columns = depth_px * np.sin(light), depth_px * np.cos(light)
    return shift(mask, round(rows), round(columns)) - shift(mask, -round(rows), -round(columns))


def relief(field, light, strength):
    """Shading 1 +- strength of a height field lit from direction `light`."""
    down, right = np.gradient(field)
    slope = down * np.sin(light) + right * np.cos(light)
    return 1 + strength * np.clip(slope / (slope.std() + 1e-6), -2.5, 2.5)


def strokes(height, width, segments):
    """Antialiased mask of line segments ((x0, y0), (x1, y1), width_px)."""
    canvas = Image.new('L', (width * SUPERSAMPLE, height * SUPERSAMPLE))
    pen = ImageDraw.Draw(canvas)
    for (x0, y0), (x1, y1), width_px in segments:
        scaled = tuple(v * SUPERSAMPLE for v in (x0, y0, x1, y1))
        pen.line(scaled, fill=255, width=max(1, round(width_px * SUPERSAMPLE)))
    return np.asarray(canvas.resize((width, height), Image.BOX), np.float32) / 255


def polygon(height, width, points):
    """Antialiased mask of a filled polygon of (x, y) points."""
    canvas = Image.new('L', (width * SUPERSAMPLE, height * SUPERSAMPLE))
    ImageDraw.Draw(canvas).polygon([(x * SUPERSAMPLE, y * SUPERSAMPLE) for x, y in points], fill=255)
    return np.asarray(canvas.resize((width, height), Image.BOX), np.float32) / 255


def earthy(rng, lightness=None):
    """A random colour of bare building material: grey, brown, brick or white, 0..1."""
    tint = [(1, 1, 1), (1, .9, .75), (1, .78, .62), (1, .95, .85), (1, .72, .55)][rng.integers(5)]
    level = rng.uniform(.25, .9) if lightness is None else lightness
    return np.float32(tint) * np.float32(level) * rng.uniform(.95, 1.05, 3).astype(np.float32)
