"""Pictures of nothing, to be answered with doubt: noise of many kinds, flat colours, stripes, shuffled photos."""
import numpy as np
from PIL import Image


def noise(rng, side):
    """Random pixels at a random grain, grey or in colour."""
    cells = int(rng.choice([side, side // 2, side // 4, side // 10, 4]))
    grid = rng.random((cells, cells, 3 if rng.random() < 0.6 else 1))
    grid = np.broadcast_to(grid, (cells, cells, 3)) if grid.shape[2] == 1 else grid
    picture = Image.fromarray((grid * 255).astype(np.uint8)).resize((side, side), Image.NEAREST if rng.random() < 0.5 else Image.BICUBIC)
    return np.asarray(picture)


def stripes(rng, side):
    """A sine wave of random direction and period between two colours."""
    y, x = np.mgrid[:side, :side] / side
    angle, periods = rng.uniform(0, np.pi), rng.uniform(1, 40)
    wave = (np.sin((np.cos(angle) * x + np.sin(angle) * y) * periods * 2 * np.pi) + 1)[..., None] / 2
    return (rng.uniform(0, 255, 3) * wave + rng.uniform(0, 255, 3) * (1 - wave)).astype(np.uint8)


def flat(rng, side):
    """One colour, with a little noise."""
    return np.clip(rng.uniform(0, 255, 3) + rng.normal(0, rng.uniform(0, 12), (side, side, 3)), 0, 255).astype(np.uint8)


def shuffled(rng, photo):
    """A photo cut into 5 x 5 or more tiles that lie in random order, some of them turned."""
    n = int(rng.integers(5, 11))
    t = photo.shape[0] // n
    tiles = [np.rot90(photo[i * t:(i + 1) * t, j * t:(j + 1) * t], int(rng.integers(4))) for i in range(n) for j in range(n)]
    order = rng.permutation(n * n)
    rows = [np.concatenate([tiles[k] for k in order[i * n:(i + 1) * n]], 1) for i in range(n)]
    return np.asarray(Image.fromarray(np.concatenate(rows)).resize(photo.shape[:2]))
