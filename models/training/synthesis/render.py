"""One rendered training picture: a kind of damage on a surface, or that surface left whole."""
import numpy as np

from .coverings import render_peeling, render_spalling
from .cracks import lay_crack, render_crack
from .lookalikes import add_lookalike
from .openings import render_broken_window, render_hole, render_window
from .regions import find_region
from .roofs import render_roof
from .stains import render_damp, render_mould

RENDERERS = {
    'crack': render_crack, 'damp_stain': render_damp, 'peeling_paint': render_peeling, 'mould': render_mould,
    'spalling': render_spalling, 'hole': render_hole, 'broken_window': render_broken_window,
}
LOOKALIKE_CHANCE = 0.3
LIFTED_CHANCE = 0.35


def render_damage(photo, kind, rng, lifted=(), closeup=False):
    """The photo (float 0..1) with one kind of damage; returns (photo, mask).

    `lifted` are darkness maps of real cracks; `closeup` says the photo is nothing but surface.
    """
    if kind == 'roof_damage':
        return render_roof(rng, *photo.shape[:2], damaged=True)
    region = find_region(photo, rng, whole_chance=1.0 if closeup else 0.15)
    if rng.random() < LOOKALIKE_CHANCE:
        photo = add_lookalike(photo, rng)
    if kind == 'crack' and lifted and rng.random() < LIFTED_CHANCE:
        return lay_crack(photo, region, lifted[rng.integers(len(lifted))], rng)
    out, mask = RENDERERS[kind](photo, region, rng)
    return np.clip(out, 0, 1).astype(np.float32), mask


def render_whole(photo, rng):
    """An undamaged picture that resembles the damaged ones: lookalikes, whole windows, whole roofs."""
    chance = rng.random()
    if chance < .12:
        return render_roof(rng, *photo.shape[:2], damaged=False)[0]
    if chance < .24:
        photo = render_window(photo, find_region(photo, rng, .3), rng)[0]
    for _ in range(rng.integers(1, 3)):
        photo = add_lookalike(photo, rng)
    return np.clip(photo, 0, 1).astype(np.float32)
