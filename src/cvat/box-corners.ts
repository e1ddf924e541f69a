/**
 * The four corners of a rectangle that CVAT gives by two, turned clockwise around its middle.
 *
 * @param rotation degrees
 * @returns `[x0, y0, …, x3, y3]`; empty if `points` are not the four numbers of a rectangle
 */
export function boxCorners(points: readonly number[], rotation: number): readonly number[] {
  const [left = 0, top = 0, right = 0, bottom = 0] = points;
  if (points.length !== 4) return [];
  const corners = [left, top, right, top, right, bottom, left, bottom];
  if (rotation % 360 === 0) return corners;
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const angle = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return corners.map((_, i) => {
    const [dx, dy] = [corners[i - (i % 2)]! - cx, corners[i - (i % 2) + 1]! - cy];
    return i % 2 === 0 ? cx + dx * cos - dy * sin : cy + dx * sin + dy * cos;
  });
}
