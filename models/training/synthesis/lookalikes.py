"""Things that look like damage and are none: wires, joints, mouldings, twigs, shadows, lettering."""
import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

from .cracks import paint_crack, wander
from .fields import blend, earthy, fractal, strokes


def straight_lines(photo, rng):
    """Parallel or crossing dead straight lines: tile joints, panel gaps, mouldings."""
    height, width = photo.shape[:2]
    angle, lines = rng.uniform(0, np.pi), []
    gap, thick = rng.uniform(12, 120), float(np.exp(rng.uniform(np.log(.5), np.log(4))))
    for turn in (angle, angle + np.pi / 2)[:rng.integers(1, 3)]:
        along, off = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
        for step in range(-rng.integers(0, 4), rng.integers(1, 5)):
            middle = np.array([width, height]) / 2 + off * gap * step
            lines.append((tuple(middle - along * 400), tuple(middle + along * 400), thick))
    alpha = ndimage.gaussian_filter(strokes(height, width, lines), rng.uniform(.2, .8))
    return paint_crack(photo, alpha, rng) if rng.random() < .7 else blend(photo, earthy(rng), alpha * rng.uniform(.3, 1))


def cable(photo, rng):
    """A smooth dark or light curve of even width: a cable, a hose, a scratch of light."""
    height, width = photo.shape[:2]
    knots = rng.uniform(-.1, 1.1, (4, 2)) * (width, height)
    t = np.linspace(0, 1, 60)[:, None]
    curve = (1 - t) ** 3 * knots[0] + 3 * t * (1 - t) ** 2 * knots[1] + 3 * t ** 2 * (1 - t) * knots[2] + t ** 3 * knots[3]
    thick = rng.uniform(.6, 4)
    alpha = strokes(height, width, [(tuple(a), tuple(b), thick) for a, b in zip(curve, curve[1:])])
    return blend(photo, earthy(rng, rng.uniform(.02, .95)), ndimage.gaussian_filter(alpha, .4))


def twigs(photo, rng):
    """Bare branches from a trunk at the edge: forked like cracks, yet dense and tapering one way."""
    height, width = photo.shape[:2]
    lines, tips = [], [(np.array([rng.uniform(0, width), height * 1.05]), -np.pi / 2 + rng.normal(0, .4), rng.uniform(3, 9), 0)]
    while tips:
        root, angle, thick, level = tips.pop()
        tip = root + np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(20, 60)
        path = wander(root, tip, rng, .05, depth=3)
        lines += [(tuple(a), tuple(b), thick) for a, b in zip(path, path[1:])]
        if level < 5:
            tips += [(tip, angle + rng.normal(0, .55), thick * .65, level + 1) for _ in range(rng.integers(1, 4))]
    return blend(photo, earthy(rng, rng.uniform(.05, .35)), strokes(height, width, lines))


def soft_shadow(photo, rng):
    """A smooth-edged shadow or light patch with straight or wavy border."""
    height, width = photo.shape[:2]
    field = fractal(rng, height, width, 2, 2) if rng.random() < .5 else np.add.outer(
        np.linspace(-1, 1, height) * rng.normal(), np.linspace(-1, 1, width) * rng.normal())
    alpha = 1 / (1 + np.exp(np.clip(-field / rng.uniform(.02, .5), -30, 30)))
    return np.clip(photo * (1 + rng.choice([-1, .7]) * rng.uniform(.15, .5) * alpha[..., None]), 0, 1).astype(np.float32)


def lettering(photo, rng):
    """A watermark: short words across the photo, pale or dark."""
    height, width = photo.shape[:2]
    canvas = Image.new('L', (96, 24))
    ImageDraw.Draw(canvas).text((4, 6), ''.join(rng.choice(list('abcdeghkmnoprstuwxyz'), 11)), fill=255)
    word = canvas.resize((int(width * rng.uniform(.5, 1.2)), int(height * rng.uniform(.08, .2))), Image.BICUBIC)
    layer = Image.new('L', (width, height))
    layer.paste(word, (int(rng.integers(-20, width // 3)), int(rng.integers(0, height - 20))))
    alpha = np.asarray(layer, np.float32) / 255 * rng.uniform(.3, .9)
    return blend(photo, [rng.choice([.05, .5, 1.])] * 3, alpha)


def add_lookalike(photo, rng):
    """The photo with one random lookalike."""
    sorts = [straight_lines, cable, twigs, soft_shadow, lettering]
    return sorts[rng.choice(5, p=[.35, .2, .15, .2, .1])](photo, rng)
