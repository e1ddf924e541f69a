"""Writes random polygons and the pixels that pycocotools fills for them, as a fixture of the tests.

usage: pycocotools_polygons.py > test/fixtures/pycocotools-polygons.json
"""

import json
import random

from pycocotools import mask as mask_utils

KINDS = 7
OF_EACH = 40


def coordinate(kind, size, rng):
    if kind == 0:
        return rng.randint(0, size)
    if kind == 1:
        return rng.randint(0, 2 * size) / 2
    if kind == 2:
        return rng.randint(0, 10 * size) / 10
    if kind == 3:
        return round(rng.uniform(-size, 2 * size), 3)
    return round(rng.uniform(0, size), 3)


def polygon(kind, width, height, rng):
    corners = 3 if kind == 5 else rng.randint(3, 9)
    points = []
    for _ in range(corners):
        points += [coordinate(kind, width, rng), coordinate(kind, height, rng)]
    # A corner that is drawn twice, and one that ends on itself.
    return points + points[-2:] + points[:2] if kind == 6 else points


def main():
    rng = random.Random(20)
    lines = []
    for kind in range(KINDS):
        for _ in range(OF_EACH):
            width, height = rng.randint(1, 24), rng.randint(1, 24)
            points = polygon(kind, width, height, rng)
            (rle,) = mask_utils.frPyObjects([points], height, width)
            counts = rle["counts"].decode("ascii")
            lines.append(json.dumps({"width": width, "height": height, "points": points, "counts": counts}))
    print("[\n" + ",\n".join(lines) + "\n]")


if __name__ == "__main__":
    main()
