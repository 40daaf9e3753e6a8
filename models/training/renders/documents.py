"""Rendered documents: letters, forms, tables, receipts and cards of text; scanned, or lying on a desk in perspective."""
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from . import scenery

FONTS = ("DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif-Bold.ttf")
LETTERS = np.array(list("eeeeaaaiiooouutttnnnrrrsssllddcmphgbfyvwk"))


def word(rng):
    """A random word of 1 to 10 letters, or a number."""
    if rng.random() < 0.15:
        return f"{rng.integers(1, 99999) / rng.choice([1, 100]):,}"
    text = "".join(rng.choice(LETTERS, int(rng.integers(1, 11))))
    return text.capitalize() if rng.random() < 0.15 else text


def font(rng, px):
    """One of the fonts at `px`."""
    return ImageFont.truetype(str(rng.choice(FONTS)), int(px))


def text_line(draw, rng, x, y, width, face, ink):
    """Writes words from (x, y) until `width` is full."""
    line = word(rng)
    while face.getlength(line) < width - 40:
        line += " " + word(rng)
    draw.text((x, y), line, font=face, fill=ink)


def paragraph(draw, rng, box, ink):
    """Fills box (x, y, right, bottom) with lines; now and then a blank line or a short one."""
    x, y, right, bottom = box
    px = int(rng.integers(7, 15))
    face = font(rng, px)
    while y + px < bottom:
        if rng.random() > 0.08:
            text_line(draw, rng, x, y, (right - x) * (1 if rng.random() < 0.8 else rng.uniform(0.3, 0.9)), face, ink)
        y += int(px * 1.5)


def table(draw, rng, box, ink):
    """A ruled table of words and numbers."""
    x, y, right, bottom = box
    columns, step = int(rng.integers(2, 6)), int(rng.integers(14, 26))
    face, width = font(rng, step * 0.55), (right - x) / columns
    while y + step < bottom:
        for c in range(columns):
            if rng.random() < 0.85:
                draw.text((x + c * width + 3, y + 2), word(rng), font=face, fill=ink)
            draw.rectangle((x + c * width, y, x + (c + 1) * width, y + step), outline=ink)
        y += step


def form(draw, rng, box, ink):
    """Labels with lines or boxes to fill in, some filled by a scribble."""
    x, y, right, bottom = box
    face, step = font(rng, rng.integers(8, 13)), int(rng.integers(20, 34))
    while y + step < bottom:
        draw.text((x, y), word(rng) + ":", font=face, fill=ink)
        left = x + int((right - x) * 0.35)
        if rng.random() < 0.5:
            draw.line((left, y + step - 8, right, y + step - 8), fill=ink)
        else:
            draw.rectangle((left, y, right, y + step - 6), outline=ink)
        if rng.random() < 0.5:
            points = [(left + 8 + i * 5, y + step / 2 + rng.normal(0, 4)) for i in range(int(rng.integers(5, 25)))]
            draw.line(points, fill=(30, 30, 120), width=2)
        y += step


def page(rng, photos):
    """One sheet (RGBA): a letter, form, table, mixed page, receipt or card."""
    kind = rng.choice(["letter", "form", "table", "mixed", "receipt", "card"])
    width = {"receipt": int(rng.integers(130, 200)), "card": 380}.get(kind, int(rng.integers(300, 380)))
    height = {"receipt": int(rng.integers(300, 480)), "card": 240}.get(kind, int(width * rng.choice([1.29, 1.41])))
    tone = scenery.colour_near(rng, (246, 245, 240) if rng.random() < 0.8 else (235, 225, 190), 6)
    sheet = Image.new("RGB", (width, height), tuple(int(v) for v in tone))
    draw, ink, edge = ImageDraw.Draw(sheet), (int(rng.integers(10, 90)),) * 3, int(rng.integers(10, 36))
    top = edge
    if rng.random() < 0.7:
        face = font(rng, rng.integers(14, 30))
        draw.text((edge, top), f"{word(rng)} {word(rng)}".upper(), font=face, fill=ink if rng.random() < 0.7 else tuple(rng.integers(0, 180, 3).tolist()))
        top += 40
    if kind in ("mixed", "card") or rng.random() < 0.15:
        logo = scenery.photo_crop(rng, photos, 0).resize((60, 60))
        sheet.paste(logo, (width - edge - 60, edge))
        top = max(top, edge + 65) if kind != "card" else top
    parts = {"letter": [paragraph], "receipt": [paragraph], "form": [form], "table": [table], "card": [form]}.get(kind, [paragraph, table])
    step = (height - edge - top) / len(parts)
    for i, part in enumerate(parts):
        part(draw, rng, (edge, int(top + i * step), width - edge, int(top + (i + 1) * step - 8)), ink)
    if rng.random() < 0.25:
        cx, cy, r = rng.uniform(0.3, 0.9) * width, rng.uniform(0.5, 0.9) * height, rng.uniform(20, 45)
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), outline=(170, 40, 50), width=3)
    return sheet.convert("RGBA")


def render_document(rng, photos):
    """One rendered photo of a document, PIL RGB SIDE x SIDE; `photos` (uint8 [n, h, w, 3]) lend backgrounds and logos."""
    sheet = page(rng, photos)
    if rng.random() < 0.25:
        share = rng.uniform(0.5, 1.0)
        w, h = int(sheet.width * share), int(sheet.height * share)
        left, top = int(rng.integers(sheet.width - w + 1)), int(rng.integers(sheet.height - h + 1))
        out = sheet.crop((left, top, left + w, top + h)).convert("RGB").resize((scenery.SIDE,) * 2, Image.LANCZOS)
        return scenery.light(rng, out)
    ground = [scenery.wood, scenery.fabric, scenery.plain, lambda g: scenery.photo_crop(g, photos)][rng.choice(4, p=[0.4, 0.25, 0.15, 0.2])](rng)
    placed = scenery.perspective(rng, sheet, scenery.SIDE, 0.12, rng.uniform(0.75, 1.25))
    return scenery.light(rng, scenery.shadow(rng, placed, ground))
