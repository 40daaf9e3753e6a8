"""Undamaged vehicles out of photos of damaged ones: pieces of photos that were looked at one by one, and mosaics of them.

vehicle_pieces.csv lists pieces (left, top and side as shares of the photo) with what a person saw in them: `undamaged`, or `damaged` in whatever way.
Pieces that could not be told were left out. Both kinds are close-ups of the same photos, so that being a close-up says nothing; four pieces side by side
are `undamaged` when all are, so that showing much of a vehicle at a small scale says nothing either.
"""
import csv
from pathlib import Path

import numpy as np

from kit.augment import resized

LIST = Path(__file__).with_suffix(".csv")


def read_pieces():
    """{file of the manifest: [(left, top, side, is it damaged)]}."""
    found = {}
    with open(LIST) as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["file"], []).append((float(row["left"]), float(row["top"]), float(row["side"]), row["state"] == "damaged"))
    return found


def cut_pieces(rows, photos):
    """(pieces uint8 [n, px, px, 3], damaged bool [n]) of the listed pieces of uint8 photos [n, px, px, 3]."""
    listed, px = read_pieces(), photos.shape[1]
    found = [(i, *piece) for i, row in enumerate(rows) for piece in listed.get(row["file"], [])]
    made = [resized(photos[i:i + 1, int(top * px):int((top + side) * px), int(left * px):int((left + side) * px)], px) for i, left, top, side, _ in found]
    return np.concatenate(made), np.array([damaged for *_, damaged in found])


def mosaics(pieces, damaged, rng, count):
    """`count` mosaics of four pieces, uint8 [n, px, px, 3], and whether they are damaged: every second one holds one or two damaged pieces."""
    px, clean, hurt = pieces.shape[1] // 2, np.nonzero(~damaged)[0], np.nonzero(damaged)[0]
    made = np.zeros((count, 2 * px, 2 * px, 3), np.uint8)
    for k in range(count):
        chosen = rng.choice(clean, 4, replace=False)
        if k % 2:
            places = rng.choice(4, rng.integers(1, 3), replace=False)
            chosen[places] = rng.choice(hurt, len(places))
        small = resized(pieces[chosen], px)
        made[k] = np.concatenate([np.concatenate(list(small[:2]), 1), np.concatenate(list(small[2:]), 1)], 0)
    return made, np.arange(count) % 2 == 1
