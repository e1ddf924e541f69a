"""Paints the shapes of tasks as docs/labels.md says, with NumPy and pycocotools, and counts their pixels.

Tasks are read as CVAT gives the annotations of a job. Polygons and the corners of rectangles are filled by pycocotools,
masks are unpacked, and a pixel is in an ellipse if its centre is: in exact fractions where the ellipse is not turned.
Tracks move on straight lines, number by number; polygons that change their form are outside of this check.

usage: shapes_reference.py TASKS_JSON PAINTED_JSON
"""

import json
import math
import sys
from fractions import Fraction

import numpy as np
from pycocotools import mask as mask_utils

WITH_AREA = {"mask", "polygon", "rectangle", "ellipse"}


def polygon(points, width, height):
    packed = mask_utils.frPyObjects([list(map(float, points))], height, width)
    return mask_utils.decode(packed)[:, :, 0].astype(bool)


def rectangle(points, rotation, width, height):
    left, top, right, bottom = points
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    if rotation % 360 != 0:
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        sine, cosine = math.sin(rotation * math.pi / 180), math.cos(rotation * math.pi / 180)
        moved = [(x - middle_x, y - middle_y) for x, y in corners]
        corners = [(middle_x + x * cosine - y * sine, middle_y + x * sine + y * cosine) for x, y in moved]
    return polygon([number for corner in corners for number in corner], width, height)


def mask(points, width, height):
    *runs, left, top, right, bottom = map(int, points)
    bits = np.repeat(np.arange(len(runs)) % 2 == 1, runs)
    whole = np.zeros((height, width), dtype=bool)
    whole[top : bottom + 1, left : right + 1] = bits.reshape(bottom - top + 1, right - left + 1)
    return whole


def upright_ellipse(points, width, height):
    cx, cy, right, top = map(Fraction, points)
    rx, ry = abs(right - cx), abs(cy - top)
    inside = np.zeros((height, width), dtype=bool)
    if rx == 0 or ry == 0:
        return inside
    half = Fraction(1, 2)
    across = [((x + half - cx) / rx) ** 2 for x in range(width)]
    for y in range(height):
        down = ((y + half - cy) / ry) ** 2
        if down <= 1:
            inside[y] = [value + down <= 1 for value in across]
    return inside


def turned_ellipse(points, rotation, width, height):
    cx, cy, right, top = points
    rx, ry = abs(right - cx), abs(cy - top)
    if rx == 0 or ry == 0:
        return np.zeros((height, width), dtype=bool)
    angle = math.radians(rotation)
    x = np.arange(width)[None, :] + 0.5 - cx
    y = np.arange(height)[:, None] + 0.5 - cy
    back = (x + 1j * y) * np.exp(-1j * angle)
    return (back.real / rx) ** 2 + (back.imag / ry) ** 2 <= 1


def cover(shape, width, height):
    points, rotation = shape["points"], shape["rotation"]
    if shape["type"] == "polygon":
        return polygon(points, width, height)
    if shape["type"] == "rectangle":
        return rectangle(points, rotation, width, height)
    if shape["type"] == "mask":
        return mask(points, width, height)
    if rotation % 360 == 0:
        return upright_ellipse(points, width, height)
    return turned_ellipse(points, rotation, width, height)


def track_at(track, frame):
    keys = sorted(track["shapes"], key=lambda key: key["frame"])
    before = [key for key in keys if key["frame"] <= frame]
    if not before or before[-1]["outside"]:
        return []
    last, later = before[-1], keys[len(before) :]
    points = last["points"]
    if later and frame > last["frame"]:
        share = (frame - last["frame"]) / (later[0]["frame"] - last["frame"])
        points = [a + (b - a) * share for a, b in zip(points, later[0]["points"])]
    return [{**last, "points": points, "id": track["id"], "label_id": track["label_id"]}]


def paint(task, frame):
    width, height, held = task["width"], task["height"], task["annotations"]
    shapes = [shape for shape in held["shapes"] if shape["frame"] == frame]
    shapes += [shape for track in held["tracks"] for shape in track_at(track, frame)]
    values = np.zeros((height, width), dtype=int)
    for shape in sorted(shapes, key=lambda one: (one["z_order"], one["id"])):
        if shape["type"] in WITH_AREA:
            values[cover(shape, width, height)] = shape["label_id"]
    labels, counts = np.unique(values[values > 0], return_counts=True)
    return {"values": values.ravel().tolist(), "pixels": dict(zip(map(str, labels), counts.tolist()))}


def main(tasks_path, painted_path):
    with open(tasks_path, encoding="utf-8") as file:
        tasks = json.load(file)
    with open(painted_path, "w") as file:
        json.dump([[paint(task, frame) for frame in range(task["frames"])] for task in tasks], file)


if __name__ == "__main__":
    main(*sys.argv[1:])
