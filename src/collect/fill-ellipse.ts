import type { Canvas } from './fill-polygon.ts';

/**
 * Fills an ellipse as CVAT gives it: its centre, the x of its rightmost and the y of its topmost point before it was
 * turned, and the degrees by which it is turned clockwise around its centre. A pixel belongs to it if its centre lies
 * inside or on the edge, which is what CVAT draws on the screen; CVAT's exports round centre and radii to whole pixels
 * and add a rim. What lies outside the canvas is left out.
 */
export function fillEllipse(
  { width, height, values }: Canvas,
  { points, rotation }: { points: readonly number[]; rotation: number },
  value: number,
): void {
  const [cx = 0, cy = 0, right = 0, top = 0] = points;
  const [rx, ry] = [Math.abs(right - cx), Math.abs(cy - top)];
  if (rx === 0 || ry === 0) return;
  const angle = ((rotation % 360) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [reachX, reachY] = [Math.hypot(rx * cos, ry * sin), Math.hypot(rx * sin, ry * cos)];
  for (let y = Math.max(0, Math.floor(cy - reachY)); y < Math.min(height, cy + reachY); y += 1) {
    for (let x = Math.max(0, Math.floor(cx - reachX)); x < Math.min(width, cx + reachX); x += 1) {
      const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy];
      // Multiplied out: a division would round centres on the edge to either side of it.
      const along = (dx * cos + dy * sin) * ry;
      const across = (dy * cos - dx * sin) * rx;
      if (along * along + across * across <= rx * rx * ry * ry) values[y * width + x] = value;
    }
  }
}
