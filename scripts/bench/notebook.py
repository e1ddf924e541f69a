"""The conversion of the notebook that docs/conversion.md names, as it stands there, behind a command line.

usage: notebook.py MASK_DIR CATEGORIES_JSON TASK (writes TASK.json in the current folder)
"""

import json
import os
import sys

import numpy as np
from PIL import Image
from pycocotools import mask as mask_utils


def masks_to_coco(mask_folder, mask_filenames, task_name, suffix, categories):
    output_coco_file = f"{task_name}{suffix}.json"
    coco_format = {
        "images": [],
        "annotations": [],
        "categories": categories,
        "info": {"description": f"Dataset for {task_name} with segmentation masks"},
        "licenses": [],
    }
    annotation_id = 1
    image_id_counter = 1
    for mask_file in mask_filenames:
        mask_path = os.path.join(mask_folder, mask_file)
        mask = np.array(Image.open(mask_path))
        height, width = mask.shape[:2]
        coco_format["images"].append(
            {"id": image_id_counter, "file_name": mask_file, "width": width, "height": height}
        )
        for category_id in np.unique(mask):
            if category_id == 0:
                continue
            binary_mask = (mask == category_id).astype(np.uint8)
            rle = mask_utils.encode(np.asfortranarray(binary_mask))
            rle["counts"] = rle["counts"].decode("utf-8")
            coco_format["annotations"].append(
                {
                    "id": annotation_id,
                    "image_id": image_id_counter,
                    "category_id": int(category_id),
                    "segmentation": rle,
                    "area": float(np.sum(binary_mask)),
                    "bbox": mask_utils.toBbox(rle).tolist(),
                    "iscrowd": 0,
                }
            )
            annotation_id += 1
        image_id_counter += 1
    with open(output_coco_file, "w") as f:
        json.dump(coco_format, f, indent=4)
    return output_coco_file


if __name__ == "__main__":
    mask_folder, categories_path, task = sys.argv[1:]
    with open(categories_path) as file:
        categories = json.load(file)
    masks_to_coco(mask_folder, sorted(os.listdir(mask_folder)), task, "", categories)
