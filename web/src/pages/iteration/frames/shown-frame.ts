/** The frame that the viewer shows: the one that is asked for, else the first of the list. One that is asked for need not be on the page. */
export function shownFrame(
  frames: readonly { readonly name: string }[],
  wanted: string | null,
): { readonly name: string; readonly place: number | null } | null {
  if (wanted === null) return frames[0] === undefined ? null : { name: frames[0].name, place: 0 };
  const place = frames.findIndex(({ name }) => name === wanted);
  return { name: wanted, place: place < 0 ? null : place };
}

/** A frame of another page of the list, and the place in the whole list where that page begins. */
export interface FrameElsewhere {
  readonly frame: string;
  readonly from: number;
}

/**
 * Where a step through the list leads: to a frame of this page, else to the one beyond it. Null where there is nothing further.
 *
 * @param place of the frame that is shown; null for one that is not on the page, from which any step leads to the first
 * @param beyond the frame on the other side of the end of the page to which the step leads; null where the list ends, or while that is not known
 */
export function stepFrom(
  frames: readonly { readonly name: string }[],
  place: number | null,
  by: 1 | -1,
  beyond: FrameElsewhere | null,
): { readonly frame: string; readonly from?: number } | null {
  const frame = frames[place === null ? 0 : place + by];
  return frame === undefined ? beyond : { frame: frame.name };
}

/** Places in the whole list of the frames on both sides of a page, each with the place where its own page begins; null where the list ends. */
export function edgesOf(
  { from, next }: { readonly from: number; readonly next: number | null },
  pageSize: number,
): Readonly<Record<'before' | 'after', { readonly place: number; readonly from: number } | null>> {
  return {
    before: from === 0 ? null : { place: from - 1, from: Math.max(0, from - pageSize) },
    after: next === null ? null : { place: next, from: next },
  };
}
