"""What every training script shares: data, augmentation, networks, the loop, export and reports."""
