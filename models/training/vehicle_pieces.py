"""Pieces of photos of vehicles that a person looked at one by one.

vehicle_pieces.csv lists them (left, top and side as shares of the photo) with what was seen in them: `undamaged`, or `damaged` in whatever way.
Pieces that could not be told were left out. Both kinds are close-ups of the same photos, so that being a close-up says nothing.
"""
import csv
from pathlib import Path

LIST = Path(__file__).with_suffix(".csv")


def read_pieces():
    """{file of the manifest: [(left, top, side, is it damaged)]}."""
    found = {}
    with open(LIST) as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["file"], []).append((float(row["left"]), float(row["top"]), float(row["side"]), row["state"] == "damaged"))
    return found
