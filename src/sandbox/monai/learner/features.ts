import { boxMean } from './box-mean.ts';
import type { RgbImage } from './read-image.ts';

/** Numbers that describe one pixel; see {@link extractFeatures}. */
export const FEATURES = 12;

/**
 * What the classifier sees of each pixel, each number roughly from -1 to 1: its colour, the mean colour of 7×7 pixels,
 * the chromaticity of that mean (independent of the light), local contrast, edge strength, mean brightness of 31×31
 * pixels, and the distance from the middle of the frame.
 *
 * @returns `width * height` rows of {@link FEATURES} numbers
 */
export function extractFeatures(image: RgbImage): Float32Array {
  const { width, height } = image;
  const planes = [0, 1, 2].map((channel) => colourPlane(image, channel));
  const means = planes.map((plane) => boxMean(plane, width, height, 3));
  const grey = planeOf(image, (at) => sumAt(planes, at) / 3);
  const greyMean = planeOf(image, (at) => sumAt(means, at) / 3);
  const squares = boxMean(
    grey.map((value) => value * value),
    width,
    height,
    3,
  );
  const wide = boxMean(grey, width, height, 15);
  const chroma = (channel: number) =>
    planeOf(image, (at) => 3 * ((3 * (means[channel]?.[at] ?? 0)) / (sumAt(means, at) + 0.01) - 1));
  return interleave([
    ...planes.map((plane) => plane.map((value) => 2 * value - 1)),
    ...means.map((plane) => plane.map((value) => 2 * value - 1)),
    chroma(0),
    chroma(2),
    planeOf(image, (at) => 8 * Math.sqrt(Math.max(0, (squares[at] ?? 0) - (greyMean[at] ?? 0) ** 2)) - 1),
    planeOf(image, (at) => 8 * slope(greyMean, at, width)),
    wide.map((value) => 2 * value - 1),
    planeOf(image, (at) => 2 * Math.hypot((at % width) / width - 0.5, at / width / height - 0.5) - 0.5),
  ]);
}

/** One channel from 0 to 1. */
function colourPlane(image: RgbImage, channel: number): Float32Array {
  return planeOf(image, (at) => (image.rgb[at * 3 + channel] ?? 0) / 255);
}

function planeOf(image: RgbImage, valueAt: (at: number) => number): Float32Array {
  const plane = new Float32Array(image.width * image.height);
  for (let at = 0; at < plane.length; at += 1) plane[at] = valueAt(at);
  return plane;
}

function sumAt(planes: readonly Float32Array[], at: number): number {
  return (planes[0]?.[at] ?? 0) + (planes[1]?.[at] ?? 0) + (planes[2]?.[at] ?? 0);
}

/** Size of the brightness gradient over four pixels each way. */
function slope(plane: Float32Array, at: number, width: number): number {
  const here = plane[at] ?? 0;
  return Math.hypot(
    (plane[at + 4] ?? here) - (plane[at - 4] ?? here),
    (plane[at + 4 * width] ?? here) - (plane[at - 4 * width] ?? here),
  );
}

function interleave(planes: readonly Float32Array[]): Float32Array {
  const count = planes[0]?.length ?? 0;
  const rows = new Float32Array(count * planes.length);
  for (const [index, plane] of planes.entries()) {
    for (let at = 0; at < count; at += 1) rows[at * planes.length + index] = plane[at] ?? 0;
  }
  return rows;
}
