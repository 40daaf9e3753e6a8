"""The manifest and its photos."""
import csv
import gzip
import os
import tempfile
from pathlib import Path

from PIL import Image

REPO = Path(__file__).resolve().parents[3]
DEFAULT_DATA = REPO.parent / "shared" / "data"
CACHE = Path(os.environ.get("FETTLE_CACHE", Path(tempfile.gettempdir()) / "fettle-cache"))


def read_manifest(data):
    """Rows of manifest.csv.gz as dicts (file, pack, split, class, multi_labels, source, group, licence ...)."""
    with gzip.open(Path(data) / "manifest.csv.gz", "rt") as lines:
        return list(csv.DictReader(lines))


def open_photo(path):
    """A PIL image in RGB, whatever the file holds (grey, palette, alpha)."""
    return Image.open(path).convert("RGB")


def licences(rows):
    """The card's `data` list: one entry per source with its origin, licence and number of images."""
    found = {}
    for row in rows:
        entry = found.setdefault((row["pack"], row["source"]), {
            "name": f"{row['pack']}/{row['source']}", "origin": row["origin_repo"], "licence": row["licence"] or "none stated", "images": 0})
        entry["images"] += 1
    return [found[key] for key in sorted(found)]
