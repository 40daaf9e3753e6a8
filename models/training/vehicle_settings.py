"""Settings of the vehicle training which its page and its report quote or need too."""

STEPS = 2400
# Photos of a batch: with a severity, with parts, undamaged pieces, damaged pieces, mosaics
MIXTURE = (19, 10, 7, 7, 6)
MODEL_PX, SMALL_PX = 160, 128  # what the shipped model sees: the photo, and its mirror image
