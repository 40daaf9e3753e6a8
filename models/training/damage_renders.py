"""Pictures of rendered damage on sound rooms and surfaces, with masks of where it is."""
import hashlib
from pathlib import Path

import numpy as np
from scipy import ndimage

from kit.data import CACHE
from synthesis.cracks import lift_crack
from synthesis.render import render_damage, render_whole
from synthesis.surfaces import render_surface

KINDS = ['crack', 'damp_stain', 'peeling_paint', 'mould', 'spalling', 'hole', 'broken_window', 'roof_damage']
SIDE_PX = 256  # of a rendered picture
UNSURE, DAMAGED = 128, 255  # of a mask
# Kinds that look alike: where one is rendered, the others are not held against the model.
ALIKE = [{'peeling_paint', 'spalling', 'hole'}, {'mould', 'damp_stain'}, {'roof_damage', 'hole'}, {'crack', 'broken_window'}]
SHARES = {'crack': .32, 'damp_stain': .11, 'peeling_paint': .07, 'mould': .07, 'spalling': .07, 'hole': .06, 'broken_window': .06, 'roof_damage': .06, None: .18}


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
    """`count` rendered pictures: (photos uint8, masks uint8, kinds as indices into KINDS, -1 = whole)."""
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
        kinds.append(KINDS.index(kind) if kind else -1)
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


def alike(kind):
    """The kinds that look like `kind`."""
    return {other for group in ALIKE if kind in group for other in group} - {kind}
