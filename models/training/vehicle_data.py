"""Labels of the vehicle photos: severity, damaged parts, and how the two packs share photos."""
import numpy as np

from kit.data import read_manifest, split_of

SEVERITIES = ("minor", "moderate", "severe")
PARTS = ("bonnet", "bumper", "dickey_boot", "door", "fender", "light", "windshield")
UNKNOWN = -1
# Severity of a piece that shows damage, of whatever grade.
SOME = 4


def vehicle_rows(data, split):
    """Rows of both vehicle packs in one split."""
    return split_of(read_manifest(data, "car_severity", "car_parts"), split)


def severity_of(row):
    """Index into SEVERITIES, or UNKNOWN."""
    return SEVERITIES.index(row["class"]) if row["pack"] == "car_severity" else UNKNOWN


def parts_of(row):
    """0/1 per part of PARTS from `multi_labels`, or all UNKNOWN."""
    if row["pack"] != "car_parts":
        return [UNKNOWN] * len(PARTS)
    damaged = row["multi_labels"].split("|")
    return [float(part in damaged) for part in PARTS]


def vehicle_labels(rows):
    """(severity int [n], parts float [n, 7]) with UNKNOWN where a row has no label.

    Both packs hold many of the same photos: within a group of near-duplicates a row borrows the label it lacks.
    """
    severity = np.array([severity_of(row) for row in rows])
    parts = np.array([parts_of(row) for row in rows], np.float32)
    by_group = {}
    for i, row in enumerate(rows):
        if row["pack"] in ("car_severity", "car_parts"):
            by_group.setdefault(row["group"], []).append(i)
    for members in by_group.values():
        graded = [i for i in members if severity[i] != UNKNOWN]
        listed = [i for i in members if parts[i, 0] != UNKNOWN]
        for i in members:
            if severity[i] == UNKNOWN and graded:
                severity[i] = severity[graded[0]]
            if parts[i, 0] == UNKNOWN and listed:
                parts[i] = parts[listed[0]]
    return severity, parts
