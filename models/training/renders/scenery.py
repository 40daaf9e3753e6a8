"""Backgrounds, light and camera for rendered photos. Pictures are PIL, RGB; `rng` is numpy's Generator."""
import numpy as np
from PIL import Image, ImageFilter

SIDE = 320


def smooth_field(rng, cells, side=SIDE):
    """A smooth random field [side, side] in 0..1 with about `cells` bumps a side."""
    grid = Image.fromarray((rng.random((cells + 1, cells + 1)) * 255).astype(np.uint8))
    return np.asarray(grid.resize((side, side), Image.BICUBIC), np.float32) / 255


def colour_near(rng, base, spread):
    """A random RGB triple around `base`."""
    return np.clip(np.array(base, float) + rng.normal(0, spread, 3), 0, 255)


def plain(rng):
    """A flat or softly graded studio background, mostly light."""
    base = rng.choice([255, 245, 225, 190, 120, 40], p=[0.3, 0.2, 0.2, 0.15, 0.1, 0.05])
    colour = colour_near(rng, [base] * 3, 4 if rng.random() < 0.6 else 40)
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    shade = 1 + rng.uniform(0, 0.25) * (np.cos(angle) * x + np.sin(angle) * y)
    return Image.fromarray(np.clip(colour * shade[..., None], 0, 255).astype(np.uint8))


def wood(rng):
    """Table wood: streaks along one axis over brown or grey, with plank joints at times."""
    streaks = np.asarray(Image.fromarray((rng.random((SIDE // 2, 5)) * 255).astype(np.uint8)).resize((SIDE, SIDE), Image.BICUBIC), np.float32) / 255
    fine = np.asarray(Image.fromarray((rng.random((SIDE, 12)) * 255).astype(np.uint8)).resize((SIDE, SIDE), Image.BICUBIC), np.float32) / 255
    base = colour_near(rng, [(150, 105, 65), (95, 65, 45), (195, 165, 125), (130, 120, 110)][rng.integers(4)], 12)
    tone = 0.75 + 0.35 * streaks + 0.15 * fine
    if rng.random() < 0.5:
        joints = np.arange(SIDE) % int(rng.integers(50, 120)) < 2
        tone[joints] *= 0.6
    out = Image.fromarray(np.clip(base * tone[..., None], 0, 255).astype(np.uint8))
    return out.rotate(90 * int(rng.integers(2)))


def fabric(rng):
    """Cloth, felt or stone: fine noise over a smooth field in one colour."""
    base = rng.uniform(20, 235, 3) if rng.random() < 0.5 else np.full(3, rng.uniform(30, 220))
    tone = 0.8 + 0.25 * smooth_field(rng, int(rng.integers(2, 6))) + rng.normal(0, rng.uniform(0.01, 0.07), (SIDE, SIDE))
    return Image.fromarray(np.clip(base * tone[..., None], 0, 255).astype(np.uint8))


def photo_crop(rng, photos, blur=None):
    """A random crop of a random photo of `photos` (uint8 [n, h, w, 3]), blurred as an out-of-focus background."""
    photo = Image.fromarray(photos[rng.integers(len(photos))])
    side = int(rng.uniform(0.3, 0.9) * min(photo.size))
    left, top = int(rng.integers(photo.width - side + 1)), int(rng.integers(photo.height - side + 1))
    out = photo.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.BICUBIC)
    return out.filter(ImageFilter.GaussianBlur(rng.uniform(1, 8) if blur is None else blur))


def perspective(rng, picture, size, strength=0.15, fill=0.8):
    """Places `picture` (RGBA) at random on a transparent canvas of size x size, turned and in perspective."""
    w, h = picture.size
    scale = fill * size / max(w, h)
    corners = np.array([[-w, -h], [w, -h], [w, h], [-w, h]]) * scale / 2
    angle = rng.normal(0, 0.2) if rng.random() < 0.8 else rng.uniform(-np.pi, np.pi)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = corners @ turn.T * (1 + rng.uniform(-strength, strength, (4, 2))) + size / 2 + rng.uniform(-0.08, 0.08, 2) * size
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], float)
    rows = []
    for (x, y), (u, v) in zip(corners, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    inverse = np.linalg.solve(np.array(rows), source.flatten())
    return picture.transform((size, size), Image.PERSPECTIVE, tuple(inverse), Image.BICUBIC)


def shadow(rng, placed, background):
    """`placed` (RGBA, same size as `background`) over the background with a soft cast shadow."""
    alpha = placed.getchannel("A")
    dark = alpha.filter(ImageFilter.GaussianBlur(rng.uniform(2, 12)))
    moved = Image.new("L", alpha.size)
    moved.paste(dark, (int(rng.integers(-8, 9)), int(rng.integers(-2, 12))))
    strength = rng.uniform(0.1, 0.6)
    background = Image.composite(Image.new("RGB", alpha.size), background, moved.point(lambda v: int(v * strength)))
    background.paste(placed, (0, 0), alpha)
    return background


def light(rng, picture):
    """Uneven light over the whole picture, a cast, and slight blur or noise."""
    pixels = np.asarray(picture, np.float32)
    field = 1 + rng.uniform(0, 0.45) * (smooth_field(rng, int(rng.integers(1, 4)), picture.width) - 0.5)
    pixels = pixels * field[..., None] * rng.uniform(0.9, 1.1, 3) * rng.uniform(0.7, 1.1) + rng.normal(0, rng.uniform(0, 6), pixels.shape)
    out = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return out.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.9)))
