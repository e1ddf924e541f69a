/** A corner of an outline. */
export type Corner = readonly [x: number, y: number];

/**
 * The outline between two others, as CVAT moves polygons and polylines from one keyframe to the next. Each corner of
 * the first goes to the corner of the second that lies at the nearest share of the whole length, and corners of the
 * second that none goes to come from the nearest of the first. Where several corners end close together (closer than
 * half of their mean distance) only some are kept.
 *
 * @param share how far the way has gone, from 0 (the first) to 1
 */
export function outlineBetween(first: readonly Corner[], second: readonly Corner[], share: number): Corner[] {
  const pairs = pairsOf(lengthShares(first), lengthShares(second));
  const moved = pairs.map((partners, i) => partners.map((j) => towards(first[i]!, second[j]!, share)));
  const reduced: Corner[] = [];
  for (let i = 0; i < pairs.length;) {
    const partners = pairs[i]!;
    if (partners.length > 1) {
      const along = second.slice(partners[0], partners.at(-1)! + 1);
      reduced.push(...thinned(moved[i]!, along));
      i += 1;
      continue;
    }
    let last = i;
    while (pairs[last + 1]?.length === 1 && pairs[last + 1]![0] === partners[0]) last += 1;
    const run = moved.slice(i, last + 1).flat();
    reduced.push(...(run.length === 1 ? run : thinned(run, first.slice(i, last + 1))));
    i = last + 1;
  }
  return reduced;
}

/** Which corners of the second each corner of the first goes to, in ascending order. */
function pairsOf(first: readonly number[], second: readonly number[]): number[][] {
  const pairs = first.map((share) => [nearest(share, second)]);
  const taken = new Set(pairs.flat());
  for (const [j, share] of second.entries()) if (!taken.has(j)) pairs[nearest(share, first)]?.push(j);
  return pairs.map((partners) => partners.toSorted((a, b) => a - b));
}

/** The earliest of the nearest. */
function nearest(value: number, among: readonly number[]): number {
  let best = 0;
  for (const [i, other] of among.entries()) if (Math.abs(value - other) < Math.abs(value - among[best]!)) best = i;
  return best;
}

/** Where on the way from the first corner to the last each corner lies, from 0 to 1. */
function lengthShares(corners: readonly Corner[]): number[] {
  const whole = lengthOf(corners);
  let walked = 0;
  return corners.map((corner, i) => {
    if (i > 0) walked += distance(corners[i - 1]!, corner);
    return whole === 0 ? 0 : walked / whole;
  });
}

function lengthOf(corners: readonly Corner[]): number {
  return corners.reduce((sum, corner, i) => (i === 0 ? 0 : sum + distance(corners[i - 1]!, corner)), 0);
}

/** Leaves out corners that are too close to the one kept before; two that are become the middle between them. */
function thinned(run: readonly Corner[], along: readonly Corner[]): Corner[] {
  const least = lengthOf(along) / (2 * along.length);
  const [start] = run;
  const end = run.at(-1);
  if (start === undefined || end === undefined) return [];
  const kept = [start];
  for (const corner of run.slice(1, -1)) if (distance(kept.at(-1)!, corner) >= least) kept.push(corner);
  kept.push(end);
  return kept.length === 2 && distance(start, end) < least ? [towards(start, end, 0.5)] : kept;
}

function towards([x0, y0]: Corner, [x1, y1]: Corner, share: number): Corner {
  return [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
}

function distance([x0, y0]: Corner, [x1, y1]: Corner): number {
  return Math.hypot(x1 - x0, y1 - y0);
}
