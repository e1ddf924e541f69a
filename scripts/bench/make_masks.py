"""Makes masks of 1920 x 1080 pixels with six ragged classes, written by Pillow. The same number gives the same masks.

usage: make_masks.py COUNT OUT_DIR
"""

import os
import sys

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 1920, 1080
CLASSES = 6
# The outline of a class is a circle with waves of these numbers: some make lobes, the others make it ragged.
WAVES = (3, 5, 9, 17, 33, 61)


def ragged_mask(seed):
    random = np.random.default_rng(seed)
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    for category_id in range(1, CLASSES + 1):
        x, y = random.uniform(200, WIDTH - 200), random.uniform(150, HEIGHT - 150)
        radius = random.uniform(90, 230)
        # Only the box that the outline can reach is looked at: the waves add at most six tenths.
        reach = int(radius * 1.7)
        left, top = max(0, int(x) - reach), max(0, int(y) - reach)
        ys, xs = np.mgrid[top : min(HEIGHT, int(y) + reach), left : min(WIDTH, int(x) + reach)].astype(np.float32)
        angle = np.arctan2(ys - y, xs - x)
        outline = np.full_like(angle, radius)
        for wave in WAVES:
            outline += radius * random.uniform(0.02, 0.1) * np.sin(wave * angle + random.uniform(0, 2 * np.pi))
        box = mask[top : top + angle.shape[0], left : left + angle.shape[1]]
        box[(xs - x) ** 2 + (ys - y) ** 2 < outline**2] = category_id
    return mask


def main(count, out_dir):
    for index in range(int(count)):
        Image.fromarray(ragged_mask(index)).save(os.path.join(out_dir, f"frame_{index:06d}.png"))


if __name__ == "__main__":
    main(*sys.argv[1:])
