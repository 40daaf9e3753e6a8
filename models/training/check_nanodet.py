"""Compares the trunk in PyTorch with the original graph: exits 1 when any feature differs by more than 1e-5.

    python3 models/training/check_nanodet.py package/models /tmp/nanodet     # after nanodet-original.mjs
"""
import sys
from pathlib import Path

import numpy as np
import torch

from kit.nanodet import read_trunk

SIDE, LIMIT = 416, 1e-5


def numbers(count):
    """Park and Miller's generator, as in nanodet-original.mjs."""
    state, made = 7, np.empty(count, np.float32)
    for i in range(count):
        state = state * 16807 % 2147483647
        made[i] = state / 1073741824 - 1
    return made


def main(folder, originals):
    with torch.no_grad():
        levels = read_trunk(folder)(torch.from_numpy(numbers(3 * SIDE * SIDE).reshape(1, 3, SIDE, SIDE)))
    worst = 0.0
    for level, features in enumerate(levels):
        original = np.fromfile(Path(originals) / f"level{level}.f32", np.float32).reshape(features.shape)
        worst = max(worst, gap := float(np.abs(original - features.numpy()).max()))
        print(f"level {level}: {tuple(features.shape)}, largest difference {gap:.1e} of values up to {np.abs(original).max():.2f}")
    sys.exit(worst > LIMIT)


main(*sys.argv[1:])
