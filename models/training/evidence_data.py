"""Photos for the evidence model and their features, each photo seen clean and worn."""
import hashlib
import io
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from evidence_features import Features
from kit.data import CACHE, open_photo, read_manifest, resize_photo
from synthesis.screens import render_recapture

LABELS = ['authentic', 'synthetic', 'recaptured']
MODE_PX = 224
# Ordinary photos of what is sold, as authentic: how many of each pack are drawn for training.
ORDINARY = {'room_type': 300, 'car_severity': 160, 'car_parts': 120, 'building_condition': 160}
RENDERED_SCREENS = 260
VARIANTS = 3
PROBES = ('half', 'jpeg60', 'jpeg75', 'jpeg95')


def label_of(row):
    """Index into LABELS of a manifest row."""
    return {'ai': 1, 'screen': 2}.get(row['class'], 0)


def evidence_rows(data, split):
    """Rows of one split; in training only a sample of the ordinary photos."""
    rows = [row for row in read_manifest(data, 'authenticity', 'authenticity_crops', 'recapture', *ORDINARY) if row['split'] == split]
    if split != 'train':
        return rows
    rng, kept = np.random.default_rng(3), [row for row in rows if row['pack'] not in ORDINARY]
    for pack, count in ORDINARY.items():
        own = [row for row in rows if row['pack'] == pack]
        kept += [own[i] for i in rng.choice(len(own), count, replace=False)]
    return kept


def compress(photo, quality):
    """The photo through JPEG."""
    file = io.BytesIO()
    photo.save(file, 'JPEG', quality=quality)
    return Image.open(file).convert('RGB')


def shrink(photo, scale, how=Image.LANCZOS):
    """The photo at `scale` of its size."""
    return photo.resize(tuple(max(48, round(side * scale)) for side in photo.size), how)


def worn(photo, rng):
    """A random copy as it would travel: smaller, perhaps cropped, re-compressed."""
    if rng.random() < .4:
        width, height = (round(side * rng.uniform(.7, 1)) for side in photo.size)
        left, top = rng.integers(0, photo.width - width + 1), rng.integers(0, photo.height - height + 1)
        photo = photo.crop((left, top, left + width, top + height))
    if rng.random() < .75:
        photo = shrink(photo, rng.uniform(.42, 1.), [Image.LANCZOS, Image.BILINEAR, Image.BICUBIC][rng.integers(3)])
    return compress(photo, int(rng.integers(50, 97))) if rng.random() < .85 else photo


def probe(photo, name):
    """One of the fixed changes under which the score should hold still."""
    return shrink(photo, .5) if name == 'half' else compress(photo, int(name[4:]))


def pixels(photo):
    """uint8 [224, 224, 3] at the production size."""
    return np.asarray(resize_photo(photo, MODE_PX, MODE_PX, 'cover'))


def features_of(pictures):
    """Features [n, k] of uint8 pictures."""
    net = Features(MODE_PX).eval()
    with torch.no_grad():
        parts = [net(torch.from_numpy(np.stack(pictures[i:i + 8])).permute(0, 3, 1, 2).float() / 255) for i in range(0, len(pictures), 8)]
    return torch.cat(parts).numpy()


def cached(name, rows, code, make):
    """make(), kept as .npy under the rows and the code that decide it."""
    text = Path(__file__).read_bytes() + b''.join(Path(path).read_bytes() for path in code) + ' '.join(row['file'] for row in rows).encode()
    path = CACHE / f'{name}-{hashlib.sha1(text).hexdigest()[:16]}.npy'
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, make())
    return np.load(path)


def variants(data, rows, count, seed):
    """Features [n, count, k]: the photo as it is, then worn copies."""
    rng = np.random.default_rng(seed)
    found = []
    for row in rows:
        photo = open_photo(Path(data) / row['file'])
        found.append(features_of([pixels(photo)] + [pixels(worn(photo, rng)) for _ in range(count - 1)]))
    return np.stack(found)


def screens(data, rows, seed):
    """Features [n, VARIANTS, k] of rendered photos of screens that show these photos."""
    rng = np.random.default_rng(seed)
    found = []
    for row in rows:
        base = pixels(open_photo(Path(data) / row['file'])).astype(np.float32) / 255
        shots = [Image.fromarray((render_recapture(base, rng) * 255).astype(np.uint8)) for _ in range(VARIANTS)]
        found.append(features_of([pixels(shots[0])] + [pixels(worn(shot, rng)) for shot in shots[1:]]))
    return np.stack(found)


def probes(data, rows):
    """Features [n, 1 + probes, k]: clean, then each fixed change."""
    found = []
    for row in rows:
        photo = open_photo(Path(data) / row['file'])
        found.append(features_of([pixels(photo)] + [pixels(probe(photo, name)) for name in PROBES]))
    return np.stack(found)


class Table:
    """Feature rows with label, source, pack and group."""

    def __init__(self, features, rows, labels):
        self.features, self.rows, self.labels = features, rows, labels
        self.source = np.array([row['source'] for row in rows])
        self.pack = np.array([row['pack'] for row in rows])

    def where(self, mask):
        """The part of the table where mask is True."""
        index = np.flatnonzero(mask)
        return Table(self.features[index], [self.rows[i] for i in index], self.labels[index])


def join(first, second):
    """Both tables in one."""
    return Table(np.concatenate([first.features, second.features]), first.rows + second.rows, np.concatenate([first.labels, second.labels]))


def load_table(data, split, seed):
    """All photos of one split; in training also rendered screens."""
    here = Path(__file__).parent
    code = [here / 'evidence_features.py']
    rows = evidence_rows(data, split)
    features = cached(f'evidence-{split}', rows, code, lambda: variants(data, rows, VARIANTS if split == 'train' else 1, seed))
    table = Table(features, rows, np.array([label_of(row) for row in rows]))
    if split != 'train':
        return table
    rng = np.random.default_rng(seed)
    sound = [row for row in rows if label_of(row) == 0]
    shown = [sound[i] for i in rng.choice(len(sound), RENDERED_SCREENS, replace=False)]
    drawn = cached('screens', shown, [*code, here / 'synthesis' / 'screens.py'], lambda: screens(data, shown, seed))
    return join(table, Table(drawn, [{**row, 'source': 'rendered_screen', 'pack': 'rendered'} for row in shown], np.full(len(shown), 2)))
