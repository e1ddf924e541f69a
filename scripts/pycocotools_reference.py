"""Converts a folder of PNG masks to a COCO document with Pillow, NumPy and pycocotools.

The steps are those of the notebook that docs/conversion.md names. Two things differ: subfolders are read, in the
order of the UTF-8 bytes of their names, and grey of 2 and 4 bits, which Pillow stretches to 8, is brought back to the
samples that the file holds.

usage: pycocotools_reference.py MASK_DIR CATEGORIES_JSON TASK SUFFIX OUT_DIR
"""

import json
import os
import sys

import numpy as np
from PIL import Image
from pycocotools import mask as mask_utils

# Offsets of bit depth and colour type in a PNG: signature, chunk length and type, width and height come before them.
BIT_DEPTH_AT = 24
COLOUR_TYPE_AT = 25
GREY = 0


def mask_names(folder):
    found = []
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith(".png") and not name.startswith("."):
                found.append(os.path.relpath(os.path.join(parent, name), folder).replace(os.sep, "/"))
    return sorted(found, key=lambda name: name.encode("utf-8"))


def stored_samples(path):
    with open(path, "rb") as file:
        head = file.read(COLOUR_TYPE_AT + 1)
    depth, colour_type = head[BIT_DEPTH_AT], head[COLOUR_TYPE_AT]
    samples = np.array(Image.open(path))
    if colour_type == GREY and depth in (2, 4):
        stretch = 255 // (2**depth - 1)
        assert np.all(samples % stretch == 0), f"{path}: Pillow no longer stretches {depth}-bit grey"
        samples = samples // stretch
    return samples


def annotate(samples, category_id):
    binary = (samples == category_id).astype(np.uint8)
    rle = mask_utils.encode(np.asfortranarray(binary))
    rle["counts"] = rle["counts"].decode("utf-8")
    return {
        "category_id": int(category_id),
        "segmentation": rle,
        "area": float(np.sum(binary)),
        "bbox": mask_utils.toBbox(rle).tolist(),
        "iscrowd": 0,
    }


def convert(folder, categories, task):
    images, annotations = [], []
    for image_id, name in enumerate(mask_names(folder), start=1):
        samples = stored_samples(os.path.join(folder, name))
        height, width = samples.shape[:2]
        images.append({"id": image_id, "file_name": name, "width": width, "height": height})
        for category_id in np.unique(samples):
            if category_id != 0:
                ids = {"id": len(annotations) + 1, "image_id": image_id}
                annotations.append({**ids, **annotate(samples, category_id)})
    return {
        "images": images,
        "annotations": annotations,
        "categories": categories,
        "info": {"description": f"Dataset for {task} with segmentation masks"},
        "licenses": [],
    }


def main(mask_dir, categories_path, task, suffix, out_dir):
    with open(categories_path, encoding="utf-8") as file:
        categories = json.load(file)
    with open(os.path.join(out_dir, f"{task}{suffix}.json"), "w") as file:
        json.dump(convert(mask_dir, categories, task), file, indent=4)


if __name__ == "__main__":
    main(*sys.argv[1:])
