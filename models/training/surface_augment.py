"""What happens to a picture and its mask before the surface network sees them."""
import io

import numpy as np
from PIL import Image, ImageFilter

from surface_data import SIDE_PX, UNSURE

CROP_SIDE = (.62, 1.)


def cut(photo, mask, px, rng):
    """A random crop, turned, mirrored and worn, of a photo with its mask: uint8 px x px."""
    side = rng.uniform(*CROP_SIDE) * SIDE_PX
    left, top = rng.uniform(0, SIDE_PX - side, 2)
    box, photo, mask = (left, top, left + side, top + side), Image.fromarray(photo), Image.fromarray(mask)
    if rng.random() < .35:
        angle = rng.uniform(-20, 20)
        photo, mask = photo.rotate(angle, Image.BILINEAR), mask.rotate(angle, Image.BILINEAR, fillcolor=UNSURE)
    photo, mask = photo.resize((px, px), Image.BILINEAR, box), mask.resize((px, px), Image.BILINEAR, box)
    for turn in (Image.FLIP_LEFT_RIGHT, Image.FLIP_TOP_BOTTOM, Image.TRANSPOSE):
        if rng.random() < (.5 if turn == Image.FLIP_LEFT_RIGHT else .15):
            photo, mask = photo.transpose(turn), mask.transpose(turn)
    return np.asarray(wear(photo, rng)), np.asarray(mask)


def wear(photo, rng):
    """Blur, a smaller copy or sharpening, then JPEG, each at times."""
    chance = rng.random()
    if chance < .15:
        photo = photo.filter(ImageFilter.GaussianBlur(rng.uniform(.3, 1.3)))
    elif chance < .35:
        small = tuple(max(8, int(side * rng.uniform(.45, .9))) for side in photo.size)
        photo = photo.resize(small, Image.BILINEAR).resize(photo.size, Image.BICUBIC)
    elif chance < .5:
        photo = photo.filter(ImageFilter.UnsharpMask(1.2, int(rng.uniform(30, 150)), 0))
    if rng.random() < .25:
        file = io.BytesIO()
        photo.save(file, 'JPEG', quality=int(rng.integers(35, 92)))
        photo = Image.open(file)
    return photo
