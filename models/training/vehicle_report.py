"""Calibrates, measures and exports the vehicle model, and writes its card, plots and page."""
import copy

import numpy as np
import torch

from kit import export, report
from kit.augment import resized
from kit.data import licences, load_photos, read_manifest
from kit.net import fit_distance
from kit.train import predict
from vehicle_data import PARTS, SEVERITIES, SOME, UNKNOWN, vehicle_rows
from vehicle_page import FALSE_DAMAGE, PART_TARGET, write_page
from vehicle_settings import MODEL_PX, SMALL_PX

VERSION = "1.1.0"
LEVELS = ("undamaged", *SEVERITIES)
KEPT_SHARE, SURE_PRECISION = 0.98, 0.72
NAMES = ("severity", "part", "distance", "doubt")


class Views(torch.nn.Module):
    """Logits and features of a network, averaged over the photo and a smaller mirror image."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image):
        small = torch.nn.functional.interpolate(image, size=(SMALL_PX, SMALL_PX), mode="bilinear", align_corners=False)
        plain, mirrored = self.net(image), self.net(torch.flip(small, (3,)))
        return {name: (plain[name] + mirrored[name]) / 2 for name in ("severity", "part", "features")}


class VehicleNet(torch.nn.Module):
    """What ships: the averaged logits, the distance of the averaged features, and a doubt: the chance of `undamaged` where some damage is likelier, else 0."""

    def __init__(self, views, distance):
        super().__init__()
        self.views, self.distance = views, distance

    def forward(self, image):
        out = self.views(image)
        hurt = out["severity"][:, 1:].max(1, keepdim=True).values > out["severity"][:, :1]
        whole = torch.softmax(out["severity"], 1)[:, :1]
        return {**out, "distance": self.distance(out["features"]), "doubt": torch.where(hurt, whole, torch.zeros_like(whole))}


def at_model_size(photos):
    """Photos uint8 [n, px, px, 3] at the model's size."""
    return np.concatenate([resized(photos[i:i + 64], MODEL_PX) for i in range(0, len(photos), 64)])


def shipped_net(net, examples):
    """`net` folded and rounded as it ships, with its distance fitted on every second graded photo and undamaged piece of training."""
    views, level = Views(export.round_to_half(export.fold_batch_norm(copy.deepcopy(net)))).eval(), examples.severity.numpy()
    keep = np.setdiff1d(np.nonzero((level >= 0) & (level != SOME))[0], examples.pools[4])[::2]
    features = predict(views, at_model_size(examples.photos[keep]), export.normalise)["features"]
    return VehicleNet(views, fit_distance(torch.from_numpy(features), examples.severity[keep])).eval()


def most_doubt(guess, doubt):
    """The doubt up to which an answer is given, so that at most FALSE_DAMAGE of these undamaged pieces [n] are called damaged."""
    wrong = np.sort(doubt[guess > 0])
    allowed = int(FALSE_DAMAGE * len(guess))
    return float(np.floor(wrong[allowed] * 1e4 - 1) / 1e4) if len(wrong) > allowed else 1.0


def piece_row(guess, answered):
    """Of pieces or photos: number, share called damaged (withheld or not), called damaged and answered, answered undamaged."""
    return {"pieces": len(guess), "calledDamaged": float((guess > 0).mean()), "calledDamagedAndAnswered": float(((guess > 0) & answered).mean()),
            "answeredUndamaged": float(((guess == 0) & answered).mean())}


def generated_cars(data):
    """uint8 photos of the ten generated cars of the authenticity pack: whole, without damage, never trained on."""
    rows = [row for row in read_manifest(data, "authenticity") if row["origin_path"].endswith(("/p01.png", "/p05.png"))]
    return np.asarray(load_photos(data, rows, MODEL_PX))


def measure(net, val, rows, data):
    """(card metrics, calibration, arrays for the plots) of the shipped network on val."""
    level, parts, n = val.severity.numpy(), val.parts.numpy(), len(rows)
    photos = np.concatenate([load_photos(data, rows, MODEL_PX), at_model_size(val.photos[n:])])
    out = predict(net, photos, export.normalise)
    photo = np.arange(len(level)) < n
    graded, listed = photo & (level != UNKNOWN), photo & (parts[:, 0] != UNKNOWN)
    own = np.array([row["pack"] == "car_severity" for row in rows] + [False] * (len(level) - n))
    fit_on = np.concatenate([np.nonzero(graded)[0], val.pools[2]])
    temperature = round(report.fit_temperature(out["severity"][fit_on], level[fit_on]), 3)
    chance = report.softmax(out["severity"], temperature)
    guess, confidence = chance.argmax(1), chance.max(1)
    of_three = chance[:, 1:].argmax(1) + 1
    limit = round(float(np.quantile(out["distance"][photo, 0], KEPT_SHARE)), 4)
    doubt = most_doubt(guess[val.pools[2]], out["doubt"][val.pools[2], 0])
    near = (out["distance"][:, 0] <= limit) & (out["doubt"][:, 0] <= doubt)
    floor = report.confidence_floor(confidence[graded & near], (guess == level)[graded & near], SURE_PRECISION, (0.35, 0.6))
    answered = near & (confidence >= floor)
    far = predict(net, generated_cars(data), export.normalise)
    cars_chance = report.softmax(far["severity"], temperature)
    cars_answered = (far["distance"][:, 0] <= limit) & (far["doubt"][:, 0] <= doubt) & (cars_chance.max(1) >= floor)
    precisions = {part: report.average_precision(parts[listed, k], out["part"][listed, k]) for k, part in enumerate(PARTS)}
    bins, error = report.reliability(confidence[graded], (guess == level)[graded])
    metrics = {
        "val": {"severityAccuracy": float((guess == level)[own & graded].mean()), "severityMacroF1": report.macro_f1(level[own & graded], guess[own & graded], 4),
                "severityAccuracyOfThree": float((of_three == level)[own & graded].mean()),
                "damagedCalledUndamaged": float((guess[own & graded] == 0).mean()), "photos": int((own & graded).sum()),
                "partsMeanAveragePrecision": float(np.mean(list(precisions.values()))), "calibrationError": error,
                "answeredShare": float(answered[graded].mean()), "answeredAccuracy": float((guess == level)[graded & answered].mean())},
        "recall": dict(zip(LEVELS[1:], report.recalls(report.confusion(level[own & graded], guess[own & graded], 4))[1:].tolist())),
        "partAveragePrecision": precisions, "partShare": {p: float(parts[listed, k].mean()) for k, p in enumerate(PARTS)},
        "pieces": {"undamaged pieces": piece_row(guess[val.pools[2]], answered[val.pools[2]]),
                   "damaged pieces": piece_row(guess[val.pools[3]], answered[val.pools[3]]),
                   "generated whole cars": piece_row(cars_chance.argmax(1), cars_answered)}}
    shown = np.concatenate([np.nonzero(own & graded)[0], val.pools[2]])
    arrays = {"table": report.confusion(level[shown], guess[shown], 4), "bins": bins, "error": error,
              "parts": {p: (parts[listed, k], out["part"][listed, k]) for k, p in enumerate(PARTS)}}
    part_temperature = round(report.fit_temperature(out["part"][listed].ravel(), parts[listed].ravel()), 3)
    thresholds = {p: best_threshold(*arrays["parts"][p], part_temperature) for p in PARTS}
    return metrics, {"temperature": temperature, "floor": floor, "limit": limit, "doubt": doubt, "partTemperature": part_temperature,
                     "thresholds": thresholds}, arrays


def best_threshold(truth, logits, temperature):
    """The probability that gives the best F1, between 0.2 and 0.8."""
    precision, recall, order = report.precision_recall(truth, report.sigmoid(logits, temperature))
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return round(float(np.clip(order[f1.argmax()], 0.2, 0.8)), 3)


def card_of(net, data, metrics, calibration):
    """The card as the contract has it."""
    weak = [part for part, value in metrics["partAveragePrecision"].items() if value < PART_TARGET]
    used = licences(vehicle_rows(data, "train"))
    return {"name": "vehicle", "version": VERSION, "answers": ["vehicle"],
            "summary": "Grades the damage of the vehicle in a photo and names the damaged parts.",
            "licence": export.UNCLEAR, "data": used,
            "input": export.input_block({"mode": "stretch", "widthPx": MODEL_PX, "heightPx": MODEL_PX}),
            "outputs": [{"name": "severity", "as": "classification", "labels": list(LEVELS), "temperature": calibration["temperature"],
                         "experimental": ["undamaged"], "minConfidenceRatio": calibration["floor"]},
                        {"name": "part", "as": "multiLabel", "labels": list(PARTS), "temperature": calibration["partTemperature"],
                         "thresholds": calibration["thresholds"], "experimental": weak},
                        {"name": "distance", "as": "distance", "maximum": calibration["limit"]},
                        {"name": "doubt", "as": "distance", "maximum": calibration["doubt"]}],
            "headline": {"severity, accuracy": metrics["val"]["severityAccuracy"], "severity, macro F1": metrics["val"]["severityMacroF1"],
                         "damaged parts, mean average precision": metrics["val"]["partsMeanAveragePrecision"],
                         "undamaged pieces called damaged": metrics["pieces"]["undamaged pieces"]["calledDamaged"],
                         "undamaged pieces called damaged, doubtful answers withheld": metrics["pieces"]["undamaged pieces"]["calledDamagedAndAnswered"]},
            "metrics": metrics, "golden": export.golden(net, NAMES, [(MODEL_PX, MODEL_PX)])}


def publish(trained, examples, val, rows, data, out, docs):
    """Writes model, card, plots and page; prints the main figures."""
    net = shipped_net(trained, examples)
    metrics, calibration, arrays = measure(net, val, rows, data)
    metrics = report.rounded({**metrics, "trainedOn": {"undamaged pieces": len(examples.pools[2]), "damaged pieces": len(examples.pools[3]),
                                                       "mosaics": len(examples.pools[4])}})
    out.mkdir(parents=True, exist_ok=True)
    export.export_onnx(net, out / "model.onnx", NAMES, MODEL_PX, MODEL_PX)
    export.store_half(out / "model.onnx")
    card = card_of(net, data, metrics, calibration)
    export.write_card(out, card)
    report.plot_confusion(docs / "vehicle/confusion.png", arrays["table"], LEVELS, "val")
    report.plot_reliability(docs / "vehicle/reliability.png", arrays["bins"], arrays["error"], "severity, val")
    report.plot_precision_recall(docs / "vehicle/precision-recall.png", arrays["parts"], "damaged parts, val")
    write_page(docs / "vehicle.md", card)
    print({**metrics["val"], **metrics["pieces"], **calibration})
