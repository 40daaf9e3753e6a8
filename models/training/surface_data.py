"""Photos, labels and rendered pictures for the surface model."""
import hashlib
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from kit.data import CACHE, open_photo, read_manifest, split_of
from synthesis.cracks import lift_crack
from synthesis.render import render_damage, render_whole
from synthesis.surfaces import render_surface

LABELS = ['crack', 'damp_stain', 'peeling_paint', 'mould', 'spalling', 'hole', 'broken_window', 'roof_damage']
CLASS_LABEL = {'crack': 'crack', 'damp_salt': 'damp_stain', 'peeling_paint': 'peeling_paint', 'roof_damage': 'roof_damage'}
SIDE_PX = 256
UNSURE, DAMAGED = 128, 255

# How far a photo of one class may be taken to lack the other kinds: 1 surely lacks, 0 unknown.
LACKS = {
    ('metu', 'crack'): {},
    ('crackcv_brick', 'crack'): {'spalling': 0, 'hole': 0},
    ('smartbridge', 'crack'): {'damp_stain': 0, 'peeling_paint': 0, 'spalling': 0, 'hole': 0, 'mould': 0, 'broken_window': .3, 'roof_damage': .5},
    ('saltspot', 'damp_salt'): {'crack': .3, 'peeling_paint': 0, 'mould': 0, 'spalling': 0, 'hole': 0},
    ('smartbridge', 'peeling_paint'): {'crack': .15, 'damp_stain': 0, 'mould': 0, 'spalling': 0, 'hole': 0, 'roof_damage': .5},
    ('smartbridge', 'roof_damage'): {'crack': .5, 'damp_stain': .5, 'peeling_paint': 0, 'spalling': 0, 'hole': 0, 'mould': .3, 'broken_window': .3},
}
# Kinds that look alike: where one is rendered, the others are not held against the model.
ALIKE = [{'peeling_paint', 'spalling', 'hole'}, {'mould', 'damp_stain'}, {'roof_damage', 'hole'}, {'crack', 'broken_window'}]
SHARES = {'crack': .32, 'damp_stain': .11, 'peeling_paint': .07, 'mould': .07, 'spalling': .07, 'hole': .06, 'broken_window': .06, 'roof_damage': .06, None: .18}


def surface_rows(data):
    """Manifest rows for this model: building damage, ordinary rooms, and real photos of other things as normals."""
    rows = [row for row in read_manifest(data, 'building_condition', 'room_type')]
    other = [row for row in read_manifest(data, 'authenticity') if row['class'] == 'real']
    return rows + other


def targets_of(row):
    """(label 0/1 [8], weight [8]) of a real photo."""
    own = CLASS_LABEL.get(row['class']) if row['pack'] == 'building_condition' else None
    label = np.array([name == own for name in LABELS], np.float32)
    lacks = LACKS.get((row['source'], row['class']), {})
    weight = np.array([1 if name == own else lacks.get(name, 1) for name in LABELS], np.float32)
    return label, weight


def short_side(photo, px=SIDE_PX, max_long=None, multiple=1):
    """The photo resized (Lanczos) to short side `px`, long side at most `max_long`, sides rounded to `multiple`."""
    scale = px / min(photo.size)
    if max_long and max(photo.size) * scale > max_long:
        scale = max_long / max(photo.size)
    width, height = (max(multiple, round(side * scale / multiple) * multiple) for side in photo.size)
    return photo.resize((width, height), Image.LANCZOS)


def squares(photo, px=SIDE_PX):
    """One px x px crop of a squarish photo, the two ends of a long one; uint8."""
    pixels = np.asarray(short_side(photo, px))
    height, width = pixels.shape[:2]
    if max(height, width) < 1.15 * px:
        top, left = (height - px) // 2, (width - px) // 2
        return [pixels[top:top + px, left:left + px]]
    return [pixels[:px, :px], pixels[height - px:, width - px:]]


def real_pool(data, rows):
    """(photos uint8 [n, 256, 256, 3], index of each photo's row)."""
    pieces, owner = [], []
    for index, row in enumerate(rows):
        for piece in squares(open_photo(Path(data) / row['file'])):
            pieces.append(piece)
            owner.append(index)
    return np.stack(pieces), np.array(owner)


def crack_mask(photo):
    """Where an even close-up (METU) shows its crack: DAMAGED on it, UNSURE around it, 0 far away; None if unclear."""
    darkness = lift_crack(photo.astype(np.float32) / 255)
    if darkness is None:
        return None
    core = darkness > .2
    near = ndimage.binary_dilation(core, iterations=10)
    return np.where(core, DAMAGED, np.where(near, UNSURE, 0)).astype(np.uint8)


def one_render(photo, kind, rng, lifted, closeup):
    """A rendered picture with its mask (0, UNSURE, DAMAGED); damage that cannot be seen is unsure."""
    if kind is None:
        out = render_whole(photo, rng)
        return out, np.zeros(out.shape[:2], np.uint8)
    for _ in range(4):
        out, mask = render_damage(photo, kind, rng, lifted, closeup)
        change = ndimage.maximum_filter(np.abs(out - photo).mean(2), 5)
        seen = (mask > .5) & ((change > .045) | (kind == 'roof_damage'))
        if seen.sum() > max(60, .4 * (mask > .5).sum()):
            break
    return out, np.where(seen, DAMAGED, np.where(mask > .1, UNSURE, 0)).astype(np.uint8)


def render_pool(photos, closeups, lifted, count, seed):
    """`count` rendered pictures: (photos uint8, masks uint8, kinds as indices into LABELS, -1 = whole)."""
    rng = np.random.default_rng(seed)
    names, odds = list(SHARES), np.array(list(SHARES.values()))
    pictures, masks, kinds = [], [], []
    for _ in range(count):
        kind = names[rng.choice(len(names), p=odds / odds.sum())]
        from_surface, index = rng.random() < .3, rng.integers(len(photos))
        photo = render_surface(rng, SIDE_PX) if from_surface else photos[index].astype(np.float32) / 255
        out, mask = one_render(photo, kind, rng, lifted, from_surface or closeups[index])
        pictures.append((np.clip(out, 0, 1) * 255).astype(np.uint8))
        masks.append(mask)
        kinds.append(LABELS.index(kind) if kind else -1)
    return np.stack(pictures), np.stack(masks), np.array(kinds)


def cached_renders(photos, closeups, lifted, count, seed):
    """render_pool, kept as .npz in CACHE under the photos, count, seed and source of the renderers."""
    code = b''.join(path.read_bytes() for path in sorted((Path(__file__).parent / 'synthesis').glob('*.py')))
    key = hashlib.sha1(code + photos[::50, ::32, ::32].tobytes() + f'{count} {seed}'.encode()).hexdigest()[:16]
    path = CACHE / f'renders-{key}.npz'
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        pictures, masks, kinds = render_pool(photos, closeups, lifted, count, seed)
        np.savez(path, pictures=pictures, masks=masks, kinds=kinds)
    stored = np.load(path)
    return stored['pictures'], stored['masks'], stored['kinds']


def alike_to(kind):
    """Indices of the kinds that must not be held against a picture of `kind` where it shows."""
    name = LABELS[kind]
    return [LABELS.index(other) for group in ALIKE if name in group for other in group if other != name]


def train_and_val(data):
    """(train rows, val rows)."""
    rows = surface_rows(data)
    return split_of(rows, 'train'), split_of(rows, 'val')
