"""Batches: what is drawn, how photos are cut and worn, and the loss of what is known of each."""
import cv2
import numpy as np
import torch
import torch.nn.functional as F

from damage_renders import KINDS, alike
from kit.nanodet import MEAN, STD
from photo_data import SOME, UNKNOWN
from photo_net import MAPPED

cv2.setNumThreads(1)
# (height, width) of a batch: the shapes that photos have in production, and smaller ones.
SHAPES = [(192, 192), (192, 256), (224, 224), (224, 224), (224, 288), (256, 192)]
SMOOTHING = 0.05
# Photos of a batch by group, for every stage; within a group a source is drawn by the root of its size, so that none outweighs the others, and
# within EVEN groups every class as often. The last stage dwells on vehicles: pieces, the only undamaged parts out of the photos of damaged
# vehicles, keep the network from telling the two apart by their source.
MENUS = (
    {"crack": 7, "damp_salt": 3, "peeling_paint": 1, "roof": 3, "surface_normal": 6, "building_damage": 5, "building_sound": 3, "rooms": 13, "drawn": 6,
     "graded": 7, "car_parts": 3, "car_undamaged": 6, "pieces_undamaged": 1, "pieces_damaged": 1, "document": 1, "product": 3, "other": 3},
    {"crack": 6, "damp_salt": 3, "peeling_paint": 1, "roof": 3, "surface_normal": 6, "building_damage": 6, "building_sound": 3, "rooms": 16, "drawn": 5,
     "graded": 9, "car_parts": 8, "car_undamaged": 6, "pieces_undamaged": 2, "pieces_damaged": 1, "document": 1, "product": 4, "other": 5},
    {"crack": 4, "damp_salt": 3, "peeling_paint": 1, "roof": 4, "surface_normal": 5, "building_damage": 5, "building_sound": 3, "rooms": 12, "drawn": 2,
     "graded": 10, "car_parts": 10, "car_undamaged": 10, "pieces_undamaged": 8, "pieces_damaged": 6, "document": 1, "product": 3, "other": 5},
)
EVEN = ("rooms",)
# How much of a photo a crop leaves, at least: what the label speaks of must stay in the picture.
LEAST_AREA = {"rooms": 0.6, "graded": 0.75, "car_parts": 0.8, "car_undamaged": 0.4, "surface_normal": 0.3, "document": 0.6, "other": 0.6}
THIN = ("crack", "broken_window")


def group_of(row):
    """The group in MENUS that a row belongs to."""
    pack, kind = row["pack"], row["class"]
    if pack == "building_condition":
        return "surface_normal" if kind == "normal" else "roof" if kind == "roof_damage" else kind
    if pack == "building_damage":
        return "roof" if row["source"] == "nikhil" and "roof" in kind else "building_sound" if kind in ("undamaged_house", "undamaged_roof", "normal_room") else "building_damage"
    return {"room_type": "rooms", "drawn": "drawn", "car_severity": "graded", "car_parts": "car_parts", "car_undamaged": "car_undamaged",
            "pieces": f"pieces_{kind}", "recapture": "product", "authenticity": "other", "renders": kind}[pack]


class Menu:
    """Draws the indices of batches."""

    def __init__(self, rows, counts, rng):
        self.counts, self.rng, self.pools = counts, rng, {}
        for i, row in enumerate(rows):
            source = "all" if row["pack"] == "authenticity" else row["source"]
            self.pools.setdefault(group_of(row), {}).setdefault((row["class"], source), []).append(i)

    def draw(self):
        """The indices of one batch, and of each the least area of its crop."""
        chosen, areas = [], []
        for group, count in self.counts.items():
            pools = self.pools.get(group, {})
            if not pools:
                continue
            odds = {key: len(pool) ** 0.5 for key, pool in pools.items()}
            if group in EVEN:
                whole = {kind: sum(odd for (other, _), odd in odds.items() if other == kind) for kind, _ in pools}
                odds = {key: odd / whole[key[0]] for key, odd in odds.items()}
            keys, weights = list(odds), np.array(list(odds.values()))
            chosen += [self.rng.choice(pools[keys[k]]) for k in self.rng.choice(len(keys), count, p=weights / weights.sum())]
            areas += [LEAST_AREA.get(group, 0.5)] * count
        return np.array(chosen), areas


def cut(picture, mask, size, rng, areas):
    """A random part of the picture, with a share of the largest area between `areas`, at times mirrored, at `size` (height, width): (uint8 [h, w, 3], mask or None)."""
    high, wide = picture.shape[:2]
    own, wanted = wide / high, size[1] / size[0] * np.exp(rng.normal(0, 0.1))
    aspect = wanted ** (1 - (pull := rng.uniform(0, 0.6))) * own ** pull
    share = np.sqrt(rng.uniform(*areas))
    width, height = share * min(wide, high * aspect), share * min(high, wide / aspect)
    left, top = int(rng.uniform(0, wide - width)), int(rng.uniform(0, high - height))
    box = (left, top, min(wide, left + max(8, int(width))), min(high, top + max(8, int(height))))
    part = picture[box[1]:box[3], box[0]:box[2]]
    shrink = part.shape[0] > size[0]
    part = cv2.resize(part, (size[1], size[0]), interpolation=cv2.INTER_AREA if shrink else cv2.INTER_LINEAR)
    if mask is not None:
        mask = cv2.resize(mask[box[1]:box[3], box[0]:box[2]], (size[1], size[0]), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:
        part, mask = part[:, ::-1], None if mask is None else mask[:, ::-1]
    return part, mask


def worn(part, rng, much):
    """Blur, a smaller copy, sharpening, JPEG, other light and colours, grey, a hidden patch: each at times; `much` more often."""
    chance = rng.random()
    if chance < 0.12 + 0.1 * much:
        part = cv2.GaussianBlur(part, (0, 0), rng.uniform(0.3, 1.4))
    elif chance < 0.35 + 0.3 * much:
        high, wide = part.shape[:2]
        scale = rng.uniform(0.4, 0.9)
        part = cv2.resize(cv2.resize(part, (max(8, int(wide * scale)), max(8, int(high * scale))), interpolation=cv2.INTER_AREA), (wide, high), interpolation=cv2.INTER_LINEAR)
    elif chance < 0.45 + 0.3 * much:
        part = cv2.addWeighted(part, 1 + (k := rng.uniform(0.3, 1.2)), cv2.GaussianBlur(part, (0, 0), 1.2), -k, 0)
    if rng.random() < 0.3 + 0.3 * much:
        part = cv2.imdecode(cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 93))])[1], cv2.IMREAD_COLOR)
    x = part.astype(np.float32) / 255
    x = x * rng.uniform(0.8, 1.2, 3 if rng.random() < 0.3 else 1).astype(np.float32) + rng.uniform(-0.08, 0.08)
    x = np.clip(x, 0, 1) ** np.exp(rng.normal(0, 0.2))
    if rng.random() < 0.3:
        x = np.repeat((x @ np.array([0.299, 0.587, 0.114], np.float32))[..., None], 3, 2)
    if rng.random() < 0.2:
        high, wide = x.shape[:2]
        h, w = int(high * rng.uniform(0.1, 0.35)), int(wide * rng.uniform(0.1, 0.35))
        top, left = rng.integers(0, high - h), rng.integers(0, wide - w)
        x[top:top + h, left:left + w] = rng.random(3)
    return x


def normalised(pictures):
    """Float RGB [n, h, w, 3] in 0..1 -> the trunk's input [n, 3, h, w]."""
    x = torch.from_numpy(np.ascontiguousarray(np.asarray(pictures, np.float32)[..., ::-1])).permute(0, 3, 1, 2)
    return (x - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(STD).view(1, 3, 1, 1)


def batches(photos, stage, seed):
    """batch() -> (input, (indices, masks [n, h, w], is the mask known [n])) for train_photo.fit."""
    rng = np.random.default_rng([seed, stage])
    menu = Menu(photos.rows, MENUS[stage], rng)
    vehicle = np.array([row["pack"] in ("car_severity", "car_parts", "car_undamaged", "pieces") for row in photos.rows])

    def batch():
        (index, areas), size = menu.draw(), SHAPES[rng.integers(len(SHAPES))]
        made, masks, known = [], [], []
        for i, least in zip(index, areas):
            part, mask = cut(photos.pictures[i], photos.masks[i], size, rng, (least, 1.0))
            made.append(worn(part, rng, float(vehicle[i])))
            masks.append(np.zeros(size, np.float32) if mask is None else mask.astype(np.float32) / 255)
            known.append(mask is not None)
        return normalised(made), (torch.from_numpy(index), torch.from_numpy(np.stack(masks)), torch.tensor(known))
    return batch


def cell_targets(labels, weights, kinds, masks, known, size):
    """(target, weight) [n, 9, h, w] for the cells of the maps."""
    masks = masks[:, None]
    sure, touched = F.adaptive_avg_pool2d((masks > 0.75).float(), size), F.adaptive_max_pool2d(masks, size) > 0.1
    thin = torch.tensor([name in THIN for name in KINDS] + [False]).view(1, -1, 1, 1)
    narrow = torch.tensor([0 <= kind < len(KINDS) and KINDS[kind] in THIN for kind in kinds.tolist()]) | (labels[:, 0] > 0)
    enough = torch.where(thin | narrow.view(-1, 1, 1, 1), sure > 0.02, sure > 0.3).float()
    target = labels[:, :, None, None] * enough
    weight = weights[:, :, None, None] * torch.ones_like(target)
    for i, kind in enumerate(kinds.tolist()):
        if kind >= 0:
            near = [MAPPED.index(name) for name in alike(KINDS[kind])]
            weight[i, near] = (~touched[i]).float().expand(len(near), *size)
    weight = torch.where((labels[:, :, None, None] > 0) & touched & (enough == 0), torch.zeros_like(weight), weight)
    # A photo known only as a whole says nothing of single cells for the kind it shows.
    return target, weight * torch.where(known.view(-1, 1) | (labels == 0), 1.0, 0.0)[:, :, None, None]


def make_loss(photos):
    """loss(outputs, targets): the sum of the losses of whatever is known."""
    subject, severity = torch.from_numpy(photos.subject).long(), torch.from_numpy(photos.severity).long()
    parts, damage, weight = (torch.from_numpy(each).float() for each in (photos.parts, photos.damage, photos.weight))
    kinds = torch.from_numpy(photos.kinds)

    def loss(out, targets):
        index, masks, known = targets
        named = subject[index] != UNKNOWN
        total = F.cross_entropy(out["subject"][named], subject[index][named], label_smoothing=SMOOTHING)
        level = severity[index]
        graded, hurt = (level >= 0) & (level != SOME), level == SOME
        chance = F.log_softmax(out["severity"][hurt], 1)
        total = total + (F.cross_entropy(out["severity"][graded], level[graded], label_smoothing=SMOOTHING, reduction="sum")
                         - torch.logsumexp(chance[:, 1:], 1).sum()) / (graded | hurt).sum().clamp(min=1)
        listed = parts[index][:, 0] != UNKNOWN
        total = total + 4 * F.binary_cross_entropy_with_logits(out["part"][listed], parts[index][listed])
        seen = weight[index]
        smooth = damage[index] * (1 - 2 * 0.01) + 0.01
        whole = F.binary_cross_entropy_with_logits(out["damage"], smooth, reduction="none") * seen
        total = total + 3 * whole.sum() / seen.sum().clamp(min=1)
        target, cell_weight = cell_targets(damage[index][:, :len(MAPPED)], seen[:, :len(MAPPED)], kinds[index], masks, known, out["map"].shape[2:])
        cells = F.binary_cross_entropy_with_logits(out["map"], target, reduction="none") * cell_weight
        share = target.mean((2, 3)).clamp(min=0.02)
        local = (cells * torch.where(target > 0, 0.5 / share[:, :, None, None], 1.0)).mean((2, 3))
        return total + 2 * local.sum() / seen[:, :len(MAPPED)].sum().clamp(min=1)
    return loss
