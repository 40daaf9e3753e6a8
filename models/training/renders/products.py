"""Rendered products: boxes, bottles, cards, devices, clothes and vessels on plain, studio or table backgrounds."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import documents, scenery


def shaded(rng, mask, colour, gloss=0.5, round_x=True):
    """A lit body (RGBA): colour, side shading as of a cylinder, a highlight, inside `mask` (PIL L)."""
    w, h = mask.size
    x = np.linspace(-1, 1, w)[None, :].repeat(h, 0) if round_x else np.linspace(-1, 1, h)[:, None].repeat(w, 1)
    centre = rng.uniform(-0.5, 0.5)
    tone = 0.45 + 0.65 * np.sqrt(np.clip(1 - (0.8 * (x - centre * 0.5)) ** 2, 0.05, 1))
    shine = gloss * np.exp(-((x - centre) / rng.uniform(0.05, 0.3)) ** 2)
    pixels = np.clip(np.array(colour) * tone[..., None] + 255 * shine[..., None] * 0.6, 0, 255).astype(np.uint8)
    body = Image.fromarray(pixels).convert("RGBA")
    body.putalpha(mask)
    return body


def label(rng, photos, width, height):
    """A printed label: a colour or a picture, with words."""
    picture = scenery.photo_crop(rng, photos, 0).resize((width, height)) if rng.random() < 0.5 else Image.new("RGB", (width, height), tuple(rng.integers(0, 256, 3).tolist()))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(1, 4))):
        face = documents.font(rng, rng.integers(10, max(11, height // 3)))
        draw.text((rng.uniform(0, width * 0.4), rng.uniform(0, height * 0.8)), documents.word(rng).upper(), font=face, fill=tuple(rng.integers(0, 256, 3).tolist()))
    return picture


def lathe(rng, photos):
    """A bottle, vase, jar, mug or ball: a body of revolution with a label at times."""
    w, h = int(rng.integers(120, 240)), int(rng.integers(180, 320))
    knots = np.clip(rng.normal(0.7, 0.28, int(rng.integers(3, 7))), 0.15, 1)
    profile = np.interp(np.linspace(0, len(knots) - 1, h), np.arange(len(knots)), knots)
    profile = np.convolve(np.pad(profile, 20, "edge"), np.ones(41) / 41, "valid")
    x = np.abs(np.linspace(-1, 1, w))[None, :]
    mask = Image.fromarray(((x < profile[:, None]) * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.7))
    body = shaded(rng, mask, rng.uniform(10, 250, 3), rng.uniform(0, 0.9))
    if rng.random() < 0.5:
        lw, lh = int(w * 0.7), int(h * rng.uniform(0.15, 0.4))
        body.paste(label(rng, photos, lw, lh), ((w - lw) // 2, int(h * rng.uniform(0.3, 0.55))))
        body.putalpha(mask)
    if rng.random() < 0.3:
        handle = Image.new("RGBA", (w + 70, h))
        ImageDraw.Draw(handle).ellipse((w - 40, h * 0.25, w + 55, h * 0.75), outline=tuple(rng.integers(10, 250, 3).tolist()) + (255,), width=12)
        handle.paste(body, (0, 0), body)
        return handle
    return body


def carton(rng, photos):
    """A box seen over a corner: three faces of different light."""
    a, b, h = rng.integers(90, 190), rng.integers(50, 150), rng.integers(70, 230)
    lift = int(b * rng.uniform(0.3, 0.7))
    out = Image.new("RGBA", (int(a + b), int(h + lift)))
    colour = rng.uniform(30, 250, 3)
    front = label(rng, photos, int(a), int(h)) if rng.random() < 0.6 else Image.new("RGB", (int(a), int(h)), tuple(int(v) for v in colour))
    out.paste(front, (0, lift))
    draw = ImageDraw.Draw(out)
    side, top = tuple(int(v * 0.6) for v in colour), tuple(int(min(255, v * 1.15)) for v in colour)
    draw.polygon([(a, lift), (a + b, 0), (a + b, h), (a, h + lift)], fill=side + (255,))
    draw.polygon([(0, lift), (b, 0), (a + b, 0), (a, lift)], fill=top + (255,))
    return out


def flat_thing(rng, photos):
    """A trading card, book, phone, tablet or picture frame, face on."""
    w = int(rng.integers(140, 240))
    h = int(w * rng.choice([1.4, 1.5, 1.9, 0.7, 1.0]))
    out = Image.new("RGBA", (w, h))
    draw, edge = ImageDraw.Draw(out), int(rng.integers(4, 18))
    draw.rounded_rectangle((0, 0, w - 1, h - 1), int(rng.integers(0, 26)), fill=tuple(rng.integers(0, 256, 3).tolist()) + (255,))
    inner = (w - 2 * edge, int((h - 2 * edge) * rng.uniform(0.45, 1)))
    out.paste(label(rng, photos, *inner) if rng.random() < 0.7 else Image.new("RGB", inner, (15, 17, 22)), (edge, edge))
    face = documents.font(rng, 10)
    for y in range(edge + inner[1] + 4, h - 14, 14):
        documents.text_line(draw, rng, edge, y, w - 2 * edge, face, (20, 20, 20, 255))
    return out


def outline_thing(rng, _photos):
    """A garment, bag, shoe or tool: a smooth random outline, mirrored at times, with seams."""
    n, size = int(rng.integers(7, 14)), 280
    angles = np.sort(rng.uniform(0, 2 * np.pi, n))
    radii = np.clip(rng.normal(0.75, 0.2, n), 0.25, 1) * size / 2
    t = np.linspace(0, 2 * np.pi, 120)
    r = np.interp(t, angles, radii, period=2 * np.pi)
    r = np.convolve(np.pad(r, 5, "wrap"), np.ones(11) / 11, "valid") if rng.random() < 0.7 else r
    if rng.random() < 0.6:
        r = np.concatenate([r[:60], r[:60][::-1]])
    points = np.stack([size / 2 + r * np.cos(t) * rng.uniform(0.6, 1), size / 2 + r * np.sin(t)], 1)
    mask = Image.new("L", (size, size))
    ImageDraw.Draw(mask).polygon([tuple(p) for p in points], fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(0.8))
    body = shaded(rng, mask, rng.uniform(5, 250, 3), rng.uniform(0, 0.4), bool(rng.integers(2)))
    texture = scenery.smooth_field(rng, int(rng.integers(3, 40)), size)
    body = Image.fromarray(np.clip(np.asarray(body, float) * np.append(np.ones(3), 1) * (0.8 + 0.35 * texture[..., None]), 0, 255).astype(np.uint8), "RGBA")
    draw = ImageDraw.Draw(body)
    for _ in range(int(rng.integers(0, 5))):
        a, b = points[rng.integers(120)], points[rng.integers(120)]
        draw.line([tuple(a), tuple(b)], fill=tuple(rng.integers(0, 256, 3).tolist()) + (255,), width=int(rng.integers(1, 5)))
    body.putalpha(mask)
    return body


def render_product(rng, photos):
    """One rendered packshot, PIL RGB SIDE x SIDE; `photos` (uint8 [n, h, w, 3]) lend prints and blurred backgrounds."""
    thing = [lathe, carton, flat_thing, outline_thing][rng.integers(4)](rng, photos)
    ground = [scenery.plain, scenery.fabric, scenery.wood][rng.choice(3, p=[0.65, 0.2, 0.15])](rng)
    placed = scenery.perspective(rng, thing, scenery.SIDE, 0.06, rng.uniform(0.45, 0.9))
    out = scenery.shadow(rng, placed, ground)
    if rng.random() < 0.2:
        second = [lathe, carton, flat_thing, outline_thing][rng.integers(4)](rng, photos)
        out = scenery.shadow(rng, scenery.perspective(rng, second, scenery.SIDE, 0.06, rng.uniform(0.3, 0.6)), out)
    return scenery.light(rng, out)
