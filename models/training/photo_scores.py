"""What the model says of photos at the size that it sees in production."""
import numpy as np
import torch
from PIL import Image

from photo_batches import normalised

SIZE = {"mode": "shortSide", "px": 224, "maxLongSidePx": 320, "multipleOf": 32}
TOP_RATIO = 0.01  # a map's photo score is the mean of its top cells


def sized(picture, grey=False):
    """uint8 [h, w, 3] resized (Lanczos) as in production: short side 224, long side at most 320, both multiples of 32."""
    photo = Image.fromarray(picture)
    if grey:
        photo = photo.convert("L").convert("RGB")
    scale = min(SIZE["px"] / min(photo.size), SIZE["maxLongSidePx"] / max(photo.size))
    multiple = SIZE["multipleOf"]
    return np.asarray(photo.resize([max(multiple, round(side * scale / multiple) * multiple) for side in photo.size], Image.LANCZOS))


def scores(net, pictures, grey=False):
    """Logits by output, one row a picture; `map` holds the mean probability's logits of each kind's top cells."""
    found = {}
    with torch.no_grad():
        for picture in pictures:
            out = net(normalised([sized(picture, grey).astype(np.float32) / 255]))
            cells = out.pop("map")[0].flatten(1).sort(1, descending=True).values
            top = torch.sigmoid(cells[:, :max(1, round(TOP_RATIO * cells.shape[1]))]).mean(1)
            for name, value in out.items():
                found.setdefault(name, []).append(value[0].numpy())
            found.setdefault("map", []).append(torch.logit(top.clamp(1e-6, 1 - 1e-6)).numpy())
    return {name: np.stack(values) for name, values in found.items()}
