"""Pictures that are no photos of the manifest: rendered documents, products and damage, and hand-labelled pieces of photos of vehicles."""
import hashlib

import numpy as np
from PIL import Image

from damage_renders import KINDS, SIDE_PX, alike, cached_renders
from kit.data import CACHE
from photo_data import ANY, DAMAGES, PARTS, SOME, SUBJECTS, UNKNOWN, Photos
from renders.documents import render_document
from renders.products import render_product
from synthesis.cracks import lift_crack
from vehicle_pieces import read_pieces


def with_more(photos, rows, pictures, subject=UNKNOWN, damage=None, weight=None, severity=None, parts=None, masks=None, kinds=None):
    """`photos` and further ones; labels that are not given are unknown."""
    n = len(rows)
    nothing = np.zeros((n, len(DAMAGES)), np.float32)
    joined = lambda one, other: np.concatenate([one, other])
    return Photos(photos.rows + rows, photos.pictures + list(pictures), joined(photos.subject, np.broadcast_to(subject, n)), joined(photos.damage, nothing if damage is None else damage),
                  joined(photos.weight, nothing if weight is None else weight), joined(photos.severity, np.full(n, UNKNOWN) if severity is None else severity),
                  joined(photos.parts, np.full((n, len(PARTS)), UNKNOWN, np.float32) if parts is None else parts), photos.masks + (masks or [None] * n),
                  joined(photos.kinds, np.full(n, UNKNOWN) if kinds is None else kinds))


def stand_in(pack, source, kind, count):
    """Rows for pictures that are in no manifest."""
    return [{"file": f"{source}-{kind}-{i}", "pack": pack, "source": source, "class": kind, "split": "train", "group": f"{source}{kind}{i}", "multi_labels": ""} for i in range(count)]


DAMAGE_RENDERS = 2400
RENDERS = {"document": (render_document, {"train": 600, "val": 120}), "product": (render_product, {"train": 500, "val": 100})}


def with_renders(photos, split, seed=0):
    """With rendered documents and products."""
    lent_index = [i for i, row in enumerate(photos.rows) if row["pack"] in ("recapture", "authenticity", "room_type")][::4]
    lent = np.stack([np.asarray(Image.fromarray(photos.pictures[i]).resize((160, 160), Image.LANCZOS)) for i in lent_index])
    for label, (render, counts) in RENDERS.items():
        path = CACHE / f"{label}-{split}-{seed}-{hashlib.sha1(lent[::7, ::16, ::16].tobytes()).hexdigest()[:10]}.npy"
        if not path.exists():
            rng = np.random.default_rng([seed, split == "val", list(RENDERS).index(label)])
            np.save(path, np.stack([np.asarray(render(rng, lent).resize((224, 224), Image.LANCZOS)) for _ in range(counts[split])]))
        made = np.load(path)
        rows = stand_in("renders", "rendered", label, len(made))
        photos = with_more(photos, rows, made, SUBJECTS.index(label), weight=np.ones((len(made), len(DAMAGES)), np.float32))
    return photos


def with_pieces(photos):
    """With hand-labelled pieces of vehicle photos, undamaged or damaged."""
    listed, rows, pieces, severity = read_pieces(), [], [], []
    for row, picture in zip(photos.rows, photos.pictures):
        for left, top, side, damaged in listed.get(row["file"], []):
            high, wide = picture.shape[:2]
            pieces.append(picture[int(top * high):int((top + side) * high), int(left * wide):int((left + side) * wide)])
            severity.append(SOME if damaged else 0)
            rows.append({**row, "pack": "pieces", "class": "damaged" if damaged else "undamaged"})
    severity = np.array(severity)
    parts = np.where(severity[:, None] == 0, 0.0, UNKNOWN).repeat(len(PARTS), 1).astype(np.float32)
    return with_more(photos, rows, pieces, SUBJECTS.index("vehicle"), severity=severity, parts=parts)


def squares(picture):
    """One SIDE_PX square of a squarish picture, the two ends of a long one."""
    high, wide = picture.shape[:2]
    scale = SIDE_PX / min(high, wide)
    pixels = np.asarray(Image.fromarray(picture).resize((max(SIDE_PX, round(wide * scale)), max(SIDE_PX, round(high * scale))), Image.LANCZOS))
    high, wide = pixels.shape[:2]
    if max(high, wide) < 1.15 * SIDE_PX:
        top, left = (high - SIDE_PX) // 2, (wide - SIDE_PX) // 2
        return [pixels[top:top + SIDE_PX, left:left + SIDE_PX]]
    return [pixels[:SIDE_PX, :SIDE_PX], pixels[high - SIDE_PX:, wide - SIDE_PX:]]


def with_damage(photos, seed):
    """With pictures of rendered damage on sound rooms and surfaces."""
    sound = [i for i, row in enumerate(photos.rows) if row["pack"] == "room_type" or (row["pack"] == "building_condition" and row["class"] == "normal")]
    pieces = [(square, photos.rows[i]["pack"] != "room_type") for i in sound for square in squares(photos.pictures[i])]
    lifted = [lift_crack(picture.astype(np.float32) / 255) for row, picture in zip(photos.rows, photos.pictures) if (row["source"], row["class"]) == ("metu", "crack")]
    drawn, masks, kinds = cached_renders(np.stack([square for square, _ in pieces]), np.array([close for _, close in pieces]), [each for each in lifted if each is not None], DAMAGE_RENDERS, seed)
    damage = np.array([[name == (KINDS[kind] if kind >= 0 else "") or (name == ANY and kind >= 0) for name in DAMAGES] for kind in kinds], np.float32)
    weight = np.array([[0 if kind >= 0 and name in alike(KINDS[kind]) else 1 for name in DAMAGES] for kind in kinds], np.float32)
    return with_more(photos, stand_in("drawn", "drawn", "damage", len(drawn)), drawn, damage=damage, weight=weight, masks=list(masks), kinds=kinds)

