"""Rendered damage: each module draws one kind onto a photo and returns where it drew it.

A photo is a float32 array (height, width, 3) in 0..1; a mask is float32 (height, width) in 0..1.
Every renderer takes (photo, region, rng): `region` is the mask of the surface that may be damaged.
"""
