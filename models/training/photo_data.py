"""Every photo that the model learns from, with what is known of it: subject, building damage, vehicle severity and parts."""
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from damage_renders import KINDS, SIDE_PX, crack_mask
from kit.data import CACHE, open_photo, read_manifest

SUBJECTS = ("kitchen", "bathroom", "bedroom", "living_room", "exterior", "roof", "surface", "vehicle", "product", "document", "other")
ANY, DESTROYED = "unknown_damage", "destroyed"
DAMAGES = [*KINDS, ANY, DESTROYED]
SEVERITIES = ("undamaged", "minor", "moderate", "severe")
SOME = len(SEVERITIES)  # damaged, of whatever grade
PARTS = ("bonnet", "bumper", "dickey_boot", "door", "fender", "light", "windshield")
UNKNOWN = -1

# Photos of ceilings and of whole houses filed under roof_damage, and generated pictures whose content is no `other`: by a look at each.
CEILINGS = {f"smartbridge_{n:05d}.jpg" for n in (4331, 4333, 4334, 4343, 4350, 4368, 4384, 4386, 4399, 4400, 4402)}
HOUSES = {"smartbridge_04338.jpg", "smartbridge_04345.jpg"}
NOT_OTHER = ("/p01.png", "/p05.png", "/p07.png", "/p08.png")

# By class of photo: the kinds of damage that it shows; and how far it may be taken to lack the others (1 surely lacks, 0 unknown).
# Every kind that is not listed here is surely lacking.
SHOWS = {
    ("metu", "crack"): ({"crack"}, {}),
    ("crackcv_brick", "crack"): ({"crack"}, {"spalling": 0, "hole": 0}),
    ("smartbridge", "crack"): ({"crack"}, {"damp_stain": 0, "peeling_paint": 0, "spalling": 0, "hole": 0, "mould": 0, "broken_window": .3, "roof_damage": .5}),
    ("saltspot", "damp_salt"): ({"damp_stain"}, {"crack": .3, "peeling_paint": 0, "mould": 0, "spalling": 0, "hole": 0}),
    ("smartbridge", "peeling_paint"): ({"peeling_paint"}, {"crack": .15, "damp_stain": 0, "mould": 0, "spalling": 0, "hole": 0, "roof_damage": .5}),
    ("smartbridge", "roof_damage"): ({"roof_damage"}, {"crack": .5, "damp_stain": .5, "peeling_paint": 0, "spalling": 0, "hole": 0, "mould": .3, "broken_window": .3}),
    ("geoagent", "fire_damaged"): (set(), {kind: 0 for kind in KINDS} | {DESTROYED: .5}),
    ("geoagent", "fire_destroyed"): ({DESTROYED}, {kind: 0 for kind in KINDS}),
    ("nabila", "house_collapsed"): ({DESTROYED}, {kind: 0 for kind in KINDS}),
    ("nabila", "house_damaged"): (set(), {kind: 0 for kind in KINDS} | {DESTROYED: 0}),
    ("nabila", "roof_damage"): ({"roof_damage"}, {kind: 0 for kind in KINDS} | {DESTROYED: .3}),
    ("nikhil", "roof_damage"): ({"roof_damage"}, {"hole": 0, "crack": .3}),
    ("nikhil", "spalling"): ({"spalling"}, {"crack": 0, "peeling_paint": 0, "hole": 0, "damp_stain": 0}),
    ("nabila", "plaster_loss_hole"): ({"hole"}, {"crack": 0, "spalling": 0, "peeling_paint": 0, "damp_stain": 0, DESTROYED: .5}),
    ("nabila", "wall_crack"): ({"crack"}, {"spalling": 0, "peeling_paint": 0, "hole": 0}),
    ("moldroboflow", "mould"): ({"mould"}, {"damp_stain": 0, "peeling_paint": 0}),
    ("moldroboflow", "damp_stain"): ({"damp_stain"}, {"mould": 0, "peeling_paint": 0}),
    ("incidents", "flooded_house"): (set(), {kind: 0 for kind in KINDS} | {DESTROYED: .5}),
    ("incidents", "storm_damaged"): (set(), {kind: 0 for kind in KINDS} | {DESTROYED: 0}),
}
SOUND = ("normal", "undamaged_house", "undamaged_roof", "normal_room")


def subject_of(row):
    """Our subject of a manifest row; None where nobody can say it for certain."""
    pack, kind, name = row["pack"], row["class"], Path(row["file"]).name
    if pack == "room_type":
        return kind
    if pack in ("car_severity", "car_parts", "car_undamaged"):
        return "vehicle"
    if pack == "recapture":
        return "product"
    if pack == "authenticity":
        return None if row["source"] == "ml72_gan" or row["origin_path"].endswith(NOT_OTHER) else "other"
    if pack == "building_condition":
        return "surface" if kind != "roof_damage" or name in CEILINGS else "exterior" if name in HOUSES else "roof"
    if pack == "building_damage":
        if kind in ("fire_damaged", "fire_destroyed", "house_collapsed", "house_damaged", "undamaged_house", "flooded_house", "storm_damaged"):
            return "exterior"
        return "surface" if kind in ("spalling", "wall_crack") else "roof" if row["source"] == "nikhil" else None
    return None


def damage_of(row):
    """(0/1 [10], weight [10]) for DAMAGES; weights are 0 where nothing is known of damage."""
    nothing = np.zeros(len(DAMAGES), np.float32)
    pack, kind = row["pack"], row["class"]
    if pack in ("building_condition", "building_damage") and kind not in SOUND:
        shown, lacks = SHOWS[row["source"], kind]
        seen = shown | {ANY}
        if "broken_window" in row["multi_labels"]:
            seen = seen | {"broken_window"}
        label = np.array([name in seen for name in DAMAGES], np.float32)
        return label, np.array([1 if name in seen else lacks.get(name, 1) for name in DAMAGES], np.float32)
    sound = pack in ("building_condition", "building_damage", "room_type", "renders") or (pack == "authenticity" and kind == "real") or pack == "recapture"
    return nothing, nothing + float(sound)


def vehicle_labels(rows):
    """(severity int [n], parts float [n, 7]), UNKNOWN where a row has no label.

    Two packs hold many of the same photos: within a group of near-duplicates a row borrows the label it lacks.
    """
    severity = np.array([SEVERITIES.index(row["class"]) if row["pack"] in ("car_severity", "car_undamaged") else SOME if row["pack"] == "car_parts" else UNKNOWN for row in rows])
    parts = np.full((len(rows), len(PARTS)), UNKNOWN, np.float32)
    groups = {}
    for i, row in enumerate(rows):
        if row["pack"] == "car_parts":
            parts[i] = [part in row["multi_labels"].split("|") for part in PARTS]
        if row["pack"] == "car_undamaged":
            parts[i] = 0
        if row["pack"] in ("car_severity", "car_parts"):
            groups.setdefault(row["group"], []).append(i)
    for members in groups.values():
        graded = [i for i in members if severity[i] != SOME]
        listed = [i for i in members if parts[i, 0] != UNKNOWN]
        for i in members:
            if severity[i] == SOME and graded:
                severity[i] = severity[graded[0]]
            if parts[i, 0] == UNKNOWN and listed:
                parts[i] = parts[listed[0]]
    return severity, parts


@dataclass
class Photos:
    """Photos with their labels, one entry a photo in every list."""
    rows: list
    pictures: list  # uint8 [h, w, 3], short side at most SIDE_PX
    subject: np.ndarray  # index into SUBJECTS, or UNKNOWN
    damage: np.ndarray  # [n, 10]
    weight: np.ndarray  # [n, 10]
    severity: np.ndarray
    parts: np.ndarray  # [n, 7]
    masks: list = field(default_factory=list)  # uint8 [h, w] with 0, UNSURE, DAMAGED, or None
    kinds: np.ndarray = None  # the kind that was rendered, index into KINDS, or UNKNOWN

    def pick(self, index):
        """The photos at `index`, in that order."""
        return Photos([self.rows[i] for i in index], [self.pictures[i] for i in index], self.subject[index], self.damage[index], self.weight[index],
                      self.severity[index], self.parts[index], [self.masks[i] for i in index], self.kinds[index])


def small(photo):
    """A PIL image as uint8 pixels with the short side at most SIDE_PX."""
    scale = SIDE_PX / min(photo.size)
    return np.asarray(photo if scale >= 1 else photo.resize([max(1, round(side * scale)) for side in photo.size], Image.LANCZOS))


def pictures_of(data, rows):
    """The decoded photos of `rows`, kept in CACHE."""
    key = hashlib.sha1(f"{SIDE_PX} {' '.join(row['file'] for row in rows)}".encode()).hexdigest()[:16]
    path = CACHE / f"photos-{key}.npz"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        made = [small(open_photo(Path(data) / row["file"])) for row in rows]
        np.savez(path, pixels=np.concatenate([each.reshape(-1) for each in made]), shapes=np.array([each.shape for each in made]))
    stored = np.load(path)
    shapes = stored["shapes"]
    ends = np.cumsum(shapes.prod(1))
    return [part.reshape(shape) for part, shape in zip(np.split(stored["pixels"], ends[:-1]), shapes)]


# Two further networks are trained to choose limits, each without these sources and without half of the groups of HALVED: what they say of
# the photos that they lacked is what the model says of a source that it does not know.
FOLDS = ({"metu", "smartbridge", "geoagent", "moldroboflow", "stanford", "scene15_gray"},
         {"crackcv_brick", "saltspot", "nabila", "nikhil", "incidents", "nomoldweb", "openalprbr", "openalprus"})
HALVED = {"houses535", "vds_web", "yath_roboflow"}


def left_out(row, fold):
    """Whether the network of a fold is trained without this photo."""
    return row["source"] in FOLDS[fold] or (row["source"] in HALVED and hashlib.sha1(row["group"].encode()).digest()[0] % len(FOLDS) == fold)


def photo_rows(data, split):
    """The rows of one split of the manifest that are used."""
    return [row for row in read_manifest(data) if row["split"] == split and row["pack"] != "authenticity_crops"
            and not (row["pack"] == "authenticity" and subject_of(row) is None)]


def labelled(rows, pictures):
    """Photos out of manifest rows and their pixels."""
    severity, parts = vehicle_labels(rows)
    subjects = [subject_of(row) for row in rows]
    pairs = [damage_of(row) for row in rows]
    masks = [crack_mask(picture) if (row["source"], row["class"]) == ("metu", "crack") else None for row, picture in zip(rows, pictures)]
    return Photos(rows, pictures, np.array([UNKNOWN if s is None else SUBJECTS.index(s) for s in subjects]), np.stack([label for label, _ in pairs]),
                  np.stack([weight for _, weight in pairs]), severity, parts, masks, np.full(len(rows), UNKNOWN))


def real_photos(data, split, fold=None):
    """The Photos of one split of the manifest; with `fold`, without those that it leaves out."""
    rows = photo_rows(data, split)
    photos = labelled(rows, pictures_of(data, rows))
    return photos if fold is None else photos.pick(np.nonzero([not left_out(row, fold) for row in rows])[0])
