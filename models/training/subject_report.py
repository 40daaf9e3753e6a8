"""Calibrates, measures and exports the subject model, and writes its card, plots and page."""
import copy

import numpy as np
import torch

from kit import export, report
from kit.augment import resized
from kit.data import licences, load_photos, read_manifest, split_of
from kit.net import fit_distance
from kit.train import predict
from renders.strangers import flat, noise, shuffled, stripes
from subject_data import LABELS, RENDERS, ROOMS, subject_rows, subject_set
from subject_page import KEPT_SHARE, TARGETS, write_page
from subject_settings import LOADED_PX

MODEL_PX, VERSION = 144, "1.1.0"
EXPERIMENTAL = ["roof", "product", "document"]
SURE_PRECISION = 0.97  # of the answers given on val's room photos, wanted from minConfidenceRatio
NAMES = ("subject", "distance")


class SubjectNet(torch.nn.Module):
    """What ships: logits averaged over the photo and its mirror image, and the distance of the averaged features."""

    def __init__(self, net, distance):
        super().__init__()
        self.net, self.distance = net, distance

    def forward(self, image):
        plain, mirrored = self.net(image), self.net(torch.flip(image, (3,)))
        features = (plain["features"] + mirrored["features"]) / 2
        return {"subject": (plain["subject"] + mirrored["subject"]) / 2, "distance": self.distance(features), "features": features}


def to_grey(photos):
    """uint8 photos made grey (BT.601), still three channels."""
    luma = photos.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.repeat(luma.round().astype(np.uint8)[..., None], 3, axis=3)


def shifts(net, data):
    """What to add to the logits [11]: to `other` and `vehicle`, drawn too seldom in training, so that on val the worst of TARGETS is as good as can be."""
    rows, photos, labels = subject_set(data, "val", MODEL_PX)

    def logits_of(x):
        return (predict(net, x, export.normalise)["subject"] + predict(net, x[:, :, ::-1], export.normalise)["subject"]) / 2
    colour, grey = logits_of(photos), logits_of(to_grey(photos))
    other, vehicle = (np.eye(len(LABELS), dtype=np.float32)[LABELS.index(label)] for label in ("other", "vehicle"))

    def worst(shift):
        found = target_figures(rows, labels, colour + shift, grey + shift)
        return min(found[key] - target for _, key, target in TARGETS)
    return max((a * other + b * vehicle for a in np.arange(0, 1.01, 0.1) for b in np.arange(0, 1.01, 0.1)), key=worst)


def shipped_net(net, data):
    """`net` folded and rounded as it ships, with its distance fitted on at most 250 training photos of each class and source."""
    lean = export.round_to_half(export.fold_batch_norm(copy.deepcopy(net)))
    with torch.no_grad():
        lean.pooled["subject"].bias += torch.from_numpy(shifts(lean, data))
    rows, photos, labels = subject_set(data, "train", LOADED_PX)
    seen, keep = {}, []
    for i, row in enumerate(rows):
        key = (row["label"], row["source"])
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= 250:
            keep.append(i)
    kept = np.concatenate([resized(photos[keep[i:i + 64]], MODEL_PX) for i in range(0, len(keep), 64)])
    both = [predict(lean, part, export.normalise)["features"] for part in (kept, kept[:, :, ::-1])]
    return SubjectNet(lean, fit_distance(torch.from_numpy(sum(both) / 2), torch.from_numpy(labels[keep]))).eval()


def room_score(rows, labels, logits):
    """Balanced accuracy over the six classes of room_type, all eleven answers allowed."""
    room = np.array([row["pack"] == "room_type" for row in rows])
    return report.balanced_accuracy(labels[room], logits[room].argmax(1), len(LABELS))


def against_rooms(rows, labels, guess, label):
    """Balanced accuracy of `label` against the photos of room_type: is it called `label` or not."""
    mine, room = labels == LABELS.index(label), np.array([row["pack"] == "room_type" for row in rows])
    called = guess == LABELS.index(label)
    return float((called[mine].mean() + (~called[room]).mean()) / 2)


def target_figures(rows, labels, colour, grey):
    """The figures of TARGETS by key, from logits of the photos in colour and in grey."""
    guess = colour.argmax(1)
    return {"roomsBalancedColour": room_score(rows, labels, colour), "roomsBalancedGrey": room_score(rows, labels, grey),
            "vehicleAgainstRooms": against_rooms(rows, labels, guess, "vehicle"), "surfaceAgainstRooms": against_rooms(rows, labels, guess, "surface")}


def strangers(data, rng):
    """Pictures of nothing it knows, uint8 by name: kinds of stranger, and generated pictures of val."""
    made = [row for row in read_manifest(data, "authenticity") if row["class"] == "ai" and row["split"] == "val"]
    lent = np.asarray(load_photos(data, split_of(subject_rows(data), "val"), MODEL_PX))
    kinds = {name: np.stack([make(rng, MODEL_PX) for _ in range(100)]) for name, make in (("noise", noise), ("stripes", stripes), ("flat colour", flat))}
    return {**kinds, "shuffled photos": np.stack([shuffled(rng, lent[rng.integers(len(lent))]) for _ in range(100)]),
            "generated pictures": np.asarray(load_photos(data, made, MODEL_PX))}


def measure(net, data):
    """(card metrics, calibration, arrays for the plots) of the shipped network on val."""
    rows, photos, labels = subject_set(data, "val", MODEL_PX)
    out, grey = predict(net, photos, export.normalise), predict(net, to_grey(photos), export.normalise)
    guess, distance = out["subject"].argmax(1), out["distance"][:, 0]
    temperature = round(report.fit_temperature(out["subject"], labels), 3)
    confidence, right = report.softmax(out["subject"], temperature).max(1), guess == labels
    room = np.array([row["pack"] == "room_type" for row in rows])
    floor = report.confidence_floor(confidence[room], right[room], SURE_PRECISION, (0.3, 0.6))
    limit = round(float(np.quantile(distance, KEPT_SHARE)), 4)
    answered = (confidence >= floor) & (distance <= limit)
    bins, error = report.reliability(confidence, right)
    table, grey_table = (report.confusion(labels, g, len(LABELS)) for g in (guess, grey["subject"].argmax(1)))
    metrics = {
        "val": {**target_figures(rows, labels, out["subject"], grey["subject"]),
                "balancedAll": report.balanced_accuracy(labels, guess, len(LABELS)), "calibrationError": error,
                "answeredShareRooms": float(answered[room].mean()), "answeredAccuracyRooms": float(right[room & answered].mean())},
        "recallColour": dict(zip(LABELS, report.recalls(table).tolist())), "recallGrey": dict(zip(LABELS, report.recalls(grey_table).tolist())),
        "perSource": per_source(rows, labels, guess, grey["subject"].argmax(1), answered),
        "strangers": stranger_rows(net, data, temperature, floor, limit)}
    calibration = {"temperature": temperature, "floor": floor, "limit": limit}
    return report.rounded(metrics), calibration, {"table": table, "grey_table": grey_table, "bins": bins, "error": error, "labels": labels,
                                           "scores": report.softmax(out["subject"], temperature)}


def per_source(rows, labels, guess, grey_guess, answered):
    """{'label/source': photos, accuracy in colour and in grey, share answered}."""
    found = {}
    for i, row in enumerate(rows):
        found.setdefault(f"{row['label']}/{row['source']}", []).append(i)
    return {key: {"photos": len(m), "colour": float((guess[m] == labels[m]).mean()), "grey": float((grey_guess[m] == labels[m]).mean()),
                  "answered": float(answered[m].mean())} for key, m in sorted(found.items())}


def stranger_rows(net, data, temperature, floor, limit):
    """Per kind of stranger: photos, share refused by distance, by confidence, by either; answered with `other`."""
    found = {}
    for name, photos in strangers(data, np.random.default_rng(0)).items():
        out = predict(net, photos, export.normalise)
        far = out["distance"][:, 0] > limit
        unsure = report.softmax(out["subject"], temperature).max(1) < floor
        other = ~(far | unsure) & (out["subject"].argmax(1) == LABELS.index("other"))
        found[name] = {"photos": len(photos), "far": float(far.mean()), "unsure": float(unsure.mean()), "refused": float((far | unsure).mean()),
                       "calledOther": float(other.mean())}
    return found


def card_of(net, data, metrics, calibration):
    """The card as the contract has it."""
    used = licences(split_of(subject_rows(data), "train"))
    used += [{"name": f"renders/{label}", "origin": "rendered by models/training", "licence": "Apache-2.0", "images": counts["train"]}
             for label, (_, counts) in RENDERS.items()]
    return {"name": "subject", "version": VERSION, "answers": ["subject"],
            "summary": "Says what a photo shows: a kind of room, the outside, a roof, a close-up surface, a vehicle, a product, a document or something else.",
            "licence": export.UNCLEAR, "data": used,
            "input": export.input_block({"mode": "stretch", "widthPx": MODEL_PX, "heightPx": MODEL_PX}),
            "outputs": [{"name": "subject", "as": "classification", "labels": list(LABELS), "temperature": calibration["temperature"],
                         "experimental": EXPERIMENTAL, "minConfidenceRatio": calibration["floor"]},
                        {"name": "distance", "as": "distance", "maximum": calibration["limit"]}],
            "headline": {"room types, balanced accuracy, colour": metrics["val"]["roomsBalancedColour"],
                         "room types, balanced accuracy, grey": metrics["val"]["roomsBalancedGrey"],
                         "vehicle against rooms": metrics["val"]["vehicleAgainstRooms"], "surface against rooms": metrics["val"]["surfaceAgainstRooms"]},
            "metrics": metrics, "golden": export.golden(net, NAMES, [(MODEL_PX, MODEL_PX)])}


def publish(trained, data, out, docs):
    """Writes model, card, plots and page; prints the main figures."""
    net = shipped_net(trained, data)
    metrics, calibration, arrays = measure(net, data)
    out.mkdir(parents=True, exist_ok=True)
    export.export_onnx(net, out / "model.onnx", NAMES, MODEL_PX, MODEL_PX)
    export.store_half(out / "model.onnx")
    card = card_of(net, data, metrics, calibration)
    export.write_card(out, card)
    report.plot_confusion(docs / "subject/confusion.png", arrays["table"], LABELS, "val, colour")
    report.plot_confusion(docs / "subject/confusion-grey.png", arrays["grey_table"], LABELS, "val, made grey")
    report.plot_reliability(docs / "subject/reliability.png", arrays["bins"], arrays["error"], "subject, val")
    report.plot_precision_recall(docs / "subject/precision-recall.png", {
        label: (arrays["labels"] == k, arrays["scores"][:, k]) for k, label in enumerate(LABELS) if label in ROOMS}, "room types, val")
    write_page(docs / "subject.md", card)
    print({**metrics["val"], **calibration})
