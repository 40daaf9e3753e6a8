"""Temperatures, calibrations and limits. One half of val chooses them, the other reports.

What is said with more than SURE must also be right as often on sources that a network has not seen: the networks of the folds tell, each of
the photos that it lacked.
"""
import hashlib
from dataclasses import dataclass

import numpy as np

from kit.report import average_precision, sigmoid, softmax
from photo_data import DAMAGES, PARTS, SOME, UNKNOWN, Photos

BUILDINGS = ("building_condition", "building_damage", "room_type")
# At most this share of sound listing photos may have a finding of a kind, and of sound walls, which are searched for cracks before all;
# limits keep this distance, in logits, from the highest alarm that is not allowed, because half of val is few photos.
LISTING_ALARMS, WALL_ALARMS, CRACK_WALL_ALARMS, MARGIN = .002, .012, .025, .3
LEAST_CONFIDENCE = .5
# Share of damaged photos among those for which the confidences hold.
DAMAGED_SHARE = .2
# Kinds with fewer photos in the data than this, or fewer sources, are experimental; so are those of which less than half are found.
LEAST_PHOTOS, LEAST_SOURCES, LEAST_RECALL = 20, 2, .5
# What is said with this confidence or more is right as often; of a kind with fewer such answers nobody can tell, and it gets no such confidence.
SURE, LEAST_SURE = .95, 20
WITHHELD_SHARE = .07  # of the vehicles
LEAST_PART_PRECISION = .6
SUBJECT_FLOOR = .4  # a lower share of eleven subjects is no answer


def chooses(row):
    """Whether a photo of val chooses (else it reports); near-duplicates are on the same side."""
    return hashlib.sha1(row["group"].encode()).digest()[1] % 2 == 0


@dataclass
class Judged:
    """Photos with a network's logits by output, one row a photo."""
    photos: Photos
    scores: dict

    def __post_init__(self):
        rows = self.photos.rows
        self.source, self.pack, self.kind = (np.array([row[name] for row in rows]) for name in ("source", "pack", "class"))
        photos = self.photos
        self.building = np.isin(self.pack, BUILDINGS)
        self.sound = self.building & (photos.weight.min(1) == 1) & ~photos.damage.any(1)
        self.wall = self.sound & (self.pack == "building_condition")
        self.listing = self.pack == "room_type"

    def pick(self, index):
        """Those at `index`."""
        return Judged(self.photos.pick(index), {name: values[index] for name, values in self.scores.items()})


def joined(one, other):
    """Two Judged as one."""
    a, b = one.photos, other.photos
    arrays = [np.concatenate([getattr(a, name), getattr(b, name)]) for name in ("subject", "damage", "weight", "severity", "parts")]
    photos = Photos(a.rows + b.rows, a.pictures + b.pictures, *arrays, a.masks + b.masks, np.concatenate([a.kinds, b.kinds]))
    return Judged(photos, {name: np.concatenate([values, other.scores[name]]) for name, values in one.scores.items()})


def even(sources):
    """Weights by which every source counts the same; their mean is 1."""
    names, counts = np.unique(sources, return_counts=True)
    weights = np.array([dict(zip(names, 1 / counts))[name] for name in sources])
    return weights / weights.mean()


def is_sure(p, right, sources):
    """Whether answers with at least SURE are right as often, every answer counting the same and every source counting the same."""
    sure = p >= SURE
    return not sure.any() or min(right[sure].mean(), np.average(right[sure], weights=even(sources)[sure])) >= SURE


def is_counted(p):
    """Whether the answers with at least SURE are none, or enough to tell how many are right."""
    return not 0 < (p >= SURE).sum() < LEAST_SURE


def temperature_of(logits, truth, sources, unknown):
    """The temperature, at least 1, with the least cross-entropy; higher, until it is_sure on `unknown`: (logits, truth, sources) of unseen sources."""
    weights = even(sources)

    def cost(t):
        return -np.mean(weights * np.log(np.maximum(softmax(logits, t)[np.arange(len(truth)), truth], 1e-12)))
    steps = np.geomspace(1, 5, 120)
    other, other_truth, other_sources = unknown
    for t in steps[steps >= min(steps, key=cost)]:
        if is_sure(softmax(other, t).max(1), other.argmax(1) == other_truth, other_sources):
            break
    return round(float(t), 3)


def platt(logit, truth, weights):
    """(scale, bias) of sigmoid(scale x logit + bias) with the least cross-entropy; a scale of 1 at most never sharpens."""
    found = []
    for scale in np.geomspace(.1, 1, 25):
        for bias in np.linspace(-5, 3, 65):
            p = np.clip(sigmoid(scale * logit + bias), 1e-6, 1 - 1e-6)
            found.append((-np.mean(weights * np.where(truth, np.log(p), np.log(1 - p))), float(scale), float(bias)))
    return min(found)[1:]


def above_share(values, share):
    """The lowest limit that at most `share` of the values reach."""
    ordered = np.sort(values)[::-1]
    allowed = int(share * len(ordered))
    return 0.0 if not len(ordered) else float((ordered[allowed - 1] + ordered[allowed]) / 2 if allowed else ordered[0] + 1e-3)


def logit_of(p):
    return float(np.log(p / (1 - p)))


def damage_limit(k, choose, unseen):
    """{scale, bias, threshold, photos, sources, experimental} of one kind of DAMAGES."""
    logit, truth = choose.scores["damage"][:, k], choose.photos.damage[:, k] > 0
    known = choose.building & (choose.photos.weight[:, k] == 1)
    weights = np.zeros(len(logit))
    for side, share in ((known & truth, DAMAGED_SHARE), (known & ~truth, 1 - DAMAGED_SHARE)):
        if side.any():
            weights[side] = even(choose.source[side]) * share / side.sum()
    scale, bias = platt(logit[known], truth[known], weights[known] * known.sum())
    other = unseen.building & (unseen.photos.weight[:, k] == 1)
    other_logit, other_truth, other_source = unseen.scores["damage"][other, k], unseen.photos.damage[other, k] > 0, unseen.source[other]
    every = np.concatenate([logit[known], other_logit])
    while scale > .05 and not (is_sure(sigmoid(scale * other_logit + bias), other_truth, other_source) and is_counted(sigmoid(scale * every + bias))):
        scale, bias = scale * .95, bias * .95
    p = sigmoid(scale * logit + bias)
    walls = CRACK_WALL_ALARMS if DAMAGES[k] == "crack" else WALL_ALARMS
    alarm = max(above_share(p[choose.listing], LISTING_ALARMS), above_share(p[choose.wall], walls))
    threshold = max(LEAST_CONFIDENCE, float(sigmoid(logit_of(min(alarm, .999)) + MARGIN * scale)))
    shown = choose.building & truth
    everywhere = [judged.source[judged.building & (judged.photos.damage[:, k] > 0)] for judged in (choose, unseen)]
    sources = np.concatenate(everywhere)
    found = float((p[shown] >= threshold).mean()) if shown.any() else 0.0
    few = len(sources) < LEAST_PHOTOS or len(np.unique(sources)) < LEAST_SOURCES
    return {"scale": round(scale, 4), "bias": round(bias, 4), "threshold": round(min(.999, threshold), 3), "photos": len(sources), "sources": len(np.unique(sources)),
            "experimental": bool(few or found < LEAST_RECALL)}


def part_limit(k, choose):
    """{scale, bias, threshold, experimental} of one part: the threshold with the highest F1."""
    listed = choose.pack == "car_parts"
    logit, truth = choose.scores["part"][listed, k], choose.photos.parts[listed, k] > 0
    scale, bias = platt(logit, truth, np.ones(len(logit)))
    p = sigmoid(scale * logit + bias)
    order = np.argsort(-p)
    found = np.cumsum(truth[order])
    f1 = 2 * found / (np.arange(1, len(order) + 1) + truth.sum())
    return {"scale": round(scale, 4), "bias": round(bias, 4), "threshold": round(float(p[order][f1.argmax()]), 3),
            "experimental": bool(average_precision(truth, logit) < LEAST_PART_PRECISION)}


def limits_of(choose, unseen):
    """Everything that the card fixes, by output."""
    def labelled(judged, output, index, labels, sources):
        return judged.scores[output][index], labels[index], sources[index]

    # A network trained without scene15 has never seen a living room, nor most other rooms.
    learnt = (unseen.photos.subject != UNKNOWN) & ~((unseen.source == "scene15_gray") & np.isin(unseen.kind, ("living_room", "other"))) & (unseen.pack != "pieces")
    named = (choose.photos.subject != UNKNOWN) & (choose.pack != "pieces")
    subject = temperature_of(*labelled(choose, "subject", named, choose.photos.subject, choose.source), labelled(unseen, "subject", learnt, unseen.photos.subject, unseen.source))
    graded, other = ((judged.photos.severity != UNKNOWN) & (judged.photos.severity != SOME) & (judged.pack != "pieces") for judged in (choose, unseen))
    severity = temperature_of(*labelled(choose, "severity", graded, choose.photos.severity, choose.kind), labelled(unseen, "severity", other, unseen.photos.severity, unseen.source))
    sure = softmax(choose.scores["severity"][graded], severity).max(1)
    return {"subject": {"temperature": subject, "floor": SUBJECT_FLOOR}, "severity": {"temperature": severity, "floor": round(float(np.quantile(sure, WITHHELD_SHARE)), 2)},
            "part": {part: part_limit(k, choose) for k, part in enumerate(PARTS)}, "damage": {kind: damage_limit(k, choose, unseen) for k, kind in enumerate(DAMAGES)}}
