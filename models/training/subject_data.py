"""Rows, labels and photos of the subject model."""
import hashlib
from pathlib import Path

import numpy as np
from PIL import Image

from kit.data import CACHE, load_photos, read_manifest
from renders.documents import render_document
from renders.products import render_product

LABELS = ("kitchen", "bathroom", "bedroom", "living_room", "exterior", "roof", "surface", "vehicle", "product", "document", "other")
ROOMS = ("kitchen", "bathroom", "bedroom", "living_room", "exterior", "other")
RENDERS = {"document": (render_document, {"train": 600, "val": 120}), "product": (render_product, {"train": 500, "val": 100})}
# Filed under roof_damage, but photos of ceilings from inside, and two of whole houses.
CEILINGS = {f"smartbridge_{n:05d}.jpg" for n in (4331, 4333, 4334, 4343, 4350, 4368, 4384, 4386, 4399, 4400, 4402)}
# Generated pictures whose content is no `other`: cars (a probe of the vehicle model), vases, glasses; and one source with a room among faces.
NOT_OTHER = ("/p01.png", "/p05.png", "/p07.png", "/p08.png")
HOUSES = {"smartbridge_04338.jpg", "smartbridge_04345.jpg"}


def label_of(row):
    """Our subject label of a manifest row, or None when the row is not used."""
    pack, kind, name = row["pack"], row["class"], Path(row["file"]).name
    if pack == "room_type":
        return kind
    if pack in ("car_severity", "car_parts"):
        return "vehicle"
    if pack == "recapture":
        return "product"
    if pack == "authenticity":
        return None if row["source"] == "ml72_gan" or row["origin_path"].endswith(NOT_OTHER) else "other"
    if pack == "building_condition":
        return "surface" if kind != "roof_damage" or name in CEILINGS else "exterior" if name in HOUSES else "roof"
    return None


def subject_rows(data):
    """Manifest rows with a `label`, photos only (no renders)."""
    rows = [{**row, "label": label_of(row)} for row in read_manifest(data)]
    return [row for row in rows if row["label"]]


def render_rows(split):
    """Stand-in rows for the rendered photos of one split, in the order rendered_photos() makes them."""
    return [{"file": f"{label}-{i}", "pack": "renders", "split": split, "source": "rendered", "group": f"r{label}{i}", "label": label,
             "class": label, "multi_labels": ""} for label, (_, counts) in RENDERS.items() for i in range(counts[split])]


def rendered_photos(split, px, lent, seed):
    """Rendered photos uint8 [n, px, px, 3] of one split; `lent` photos give prints and backgrounds. Cached by seed."""
    key = hashlib.sha1(f"{split} {px} {seed} {[counts for _, counts in RENDERS.values()]} {lent.shape}".encode()).hexdigest()[:12]
    path = CACHE / f"renders-{key}.npy"
    if not path.exists():
        rng = np.random.default_rng([seed, split == "val"])
        made = [render(rng, lent).resize((px, px), Image.LANCZOS) for render, counts in RENDERS.values() for _ in range(counts[split])]
        np.save(path, np.stack([np.asarray(photo) for photo in made]))
    return np.load(path)


def subject_set(data, split, px, seed=0):
    """(rows, photos uint8 [n, px, px, 3], labels int [n]) of one split, rendered photos last."""
    rows = [row for row in subject_rows(data) if row["split"] == split]
    lent = [row for row in rows if row["pack"] in ("recapture", "authenticity", "room_type")][::4]
    renders = rendered_photos(split, px, np.asarray(load_photos(data, lent, 160)), seed)
    photos = np.concatenate([np.asarray(load_photos(data, rows, px)), renders])
    rows = rows + render_rows(split)
    return rows, photos, np.array([LABELS.index(row["label"]) for row in rows])


class Sampler:
    """Draws indices: a class by `shares`, then one of its sources, then a photo of it; sources of a class weigh the root of their size.

    The many little sources of the authenticity pack count as one.
    """

    def __init__(self, rows, shares, rng):
        self.rng, self.pools = rng, []
        for label, share in shares.items():
            sources = {}
            for i, row in enumerate(rows):
                if row["label"] == label:
                    sources.setdefault(row["pack"] if row["pack"] == "authenticity" else row["source"], []).append(i)
            roots = {s: len(members) ** 0.5 for s, members in sources.items()}
            self.pools += [(np.array(members), share * roots[s] / sum(roots.values())) for s, members in sources.items()]
        weights = np.array([w for _, w in self.pools])
        self.weights = weights / weights.sum()

    def draw(self, n):
        """n indices into `rows`, with repetition."""
        counts = self.rng.multinomial(n, self.weights)
        return np.concatenate([self.rng.choice(members, c) for (members, _), c in zip(self.pools, counts) if c])
