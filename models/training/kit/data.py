"""The manifest, decoded photos and splits that never part a group of near-duplicates."""
import csv
import gzip
import hashlib
import os
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

REPO = Path(__file__).resolve().parents[3]
DEFAULT_DATA = REPO.parent / "shared" / "data"
CACHE = Path(os.environ.get("FETTLE_CACHE", Path(tempfile.gettempdir()) / "fettle-cache"))


def read_manifest(data, *packs):
    """Rows of manifest.csv.gz as dicts (file, pack, split, class, multi_labels, source, group, licence ...)."""
    with gzip.open(Path(data) / "manifest.csv.gz", "rt") as lines:
        return [row for row in csv.DictReader(lines) if not packs or row["pack"] in packs]


def split_of(rows, split):
    """The rows of one split of the manifest: 'train' or 'val'."""
    return [row for row in rows if row["split"] == split]


def open_photo(path):
    """A PIL image in RGB, whatever the file holds (grey, palette, alpha)."""
    return Image.open(path).convert("RGB")


def resize_photo(photo, width, height, mode="stretch"):
    """Lanczos resize as in production: 'stretch' to width x height, or 'cover' (scale, then crop the centre)."""
    if mode == "cover":
        scale = max(width / photo.width, height / photo.height)
        w, h = max(width, round(photo.width * scale)), max(height, round(photo.height * scale))
        left, top = (w - width) // 2, (h - height) // 2
        return photo.resize((w, h), Image.LANCZOS).crop((left, top, left + width, top + height))
    return photo.resize((width, height), Image.LANCZOS)


def load_photos(data, rows, px):
    """All rows' photos as uint8 [n, px, px, 3]; decoded once, then kept as a memory-mapped .npy in CACHE."""
    names = [row["file"] for row in rows]
    key = hashlib.sha1(f"{px} stretch {' '.join(names)}".encode()).hexdigest()[:16]
    path = CACHE / f"{key}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        photos = [np.asarray(resize_photo(open_photo(Path(data) / name), px, px)) for name in names]
        part = path.with_suffix(f".{os.getpid()}.npy")
        np.save(part, np.stack(photos))
        part.replace(path)
    return np.load(path, mmap_mode="r")


def licences(rows):
    """The card's `data` list: one entry per source with its origin, licence and number of images."""
    found = {}
    for row in rows:
        entry = found.setdefault((row["pack"], row["source"]), {
            "name": f"{row['pack']}/{row['source']}", "origin": row["origin_repo"], "licence": row["licence"] or "none stated", "images": 0})
        entry["images"] += 1
    return [found[key] for key in sorted(found)]
