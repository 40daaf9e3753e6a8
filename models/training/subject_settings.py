"""Settings of the subject training which its page and its report quote or need too."""

BATCH = 64  # photos per step
LOADED_PX = 160  # side of the squares in which photos are kept in memory
# (steps, peak rate of SGD, peak rate of Muon, share of the steps at the small size)
STAGES = ((1500, 0.04, 0.04, 1.0), (5500, 0.04, 0.04, 0.6), (3500, 0.03, 0.03, 0.4))
