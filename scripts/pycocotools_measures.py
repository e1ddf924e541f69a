"""Measures shapes with pycocotools: what their run lengths are, and how much they overlap.

Reads cases from a JSON file: a list of {"width", "height", "a", "b"}, where a and b are lists of annotations with
segmentation and bbox. Writes, for each case, {"counts": [of a and b], "iou": [[of each a with each b]],
"union": [IoU of all of a with all of b]}.

usage: pycocotools_measures.py CASES_JSON OUT_JSON
"""

import json
import sys

import numpy as np
from pycocotools import mask as mask_utils


def run_lengths(annotation, height, width):
    segmentation = annotation["segmentation"]
    if segmentation == []:
        return mask_utils.frPyObjects(np.array([annotation["bbox"]], np.double), height, width)[0]
    if isinstance(segmentation, list):
        return mask_utils.merge(mask_utils.frPyObjects(segmentation, height, width))
    if isinstance(segmentation["counts"], list):
        return mask_utils.frPyObjects(segmentation, height, width)
    return segmentation


def overlaps(first, second):
    return mask_utils.iou(first, second, [0] * len(second)).tolist()


def measure(case):
    height, width = case["height"], case["width"]
    first, second = ([run_lengths(shape, height, width) for shape in case[name]] for name in ("a", "b"))
    counts = [rle["counts"] for rle in first + second]
    return {
        "counts": [text.decode("ascii") if isinstance(text, bytes) else text for text in counts],
        "iou": overlaps(first, second),
        "union": overlaps([mask_utils.merge(first)], [mask_utils.merge(second)])[0],
    }


def main(cases_path, out_path):
    with open(cases_path, encoding="utf-8") as file:
        cases = json.load(file)
    with open(out_path, "w", encoding="utf-8") as file:
        json.dump([measure(case) for case in cases], file)


if __name__ == "__main__":
    main(*sys.argv[1:])
