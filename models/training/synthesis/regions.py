"""Where on a photo damage can sit: one connected, evenly coloured surface such as a wall or ceiling."""
import numpy as np
from PIL import Image
from scipy import ndimage

from .fields import enlarge

GRID = 48
MIN_SHARE = 0.06


def small(photo):
    """The photo as a GRID x GRID array, 0..1."""
    image = Image.fromarray((np.clip(photo, 0, 1) * 255).astype(np.uint8))
    return np.asarray(image.resize((GRID, GRID), Image.BOX), np.float32) / 255


def surface_at(grid, seed, tolerance):
    """Mask of cells connected to `seed` whose colour differs by less than `tolerance`."""
    near = np.abs(ndimage.gaussian_filter(grid, (1, 1, 0)) - grid[seed]).max(2) < tolerance
    near[seed] = True
    parts, _ = ndimage.label(near)
    return ndimage.binary_closing(parts == parts[seed])


def find_region(photo, rng, whole_chance=0.0):
    """Mask of a surface on the photo, the larger the likelier; the whole photo with `whole_chance`."""
    height, width = photo.shape[:2]
    if rng.random() < whole_chance:
        return np.ones((height, width), np.float32)
    grid = small(photo)
    best = max((surface_at(grid, tuple(rng.integers(2, GRID - 2, 2)), rng.uniform(.08, .16))
                for _ in range(4)), key=lambda mask: mask.sum() * rng.uniform(.4, 1))
    if best.mean() < MIN_SHARE:
        best = np.ones((GRID, GRID))
    return np.clip(enlarge(best.astype(np.float32), height, width) * 1.4 - .2, 0, 1)


def pick_point(region, rng):
    """A random (row, column) inside the region, away from its edge where it can be."""
    inner = ndimage.distance_transform_edt(region[::4, ::4] > .5)
    weight = np.minimum(inner, 6).ravel() + 1e-6
    index = rng.choice(weight.size, p=weight / weight.sum())
    return tuple(4 * np.array(np.unravel_index(index, inner.shape)))
