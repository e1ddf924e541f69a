/** The frame that the viewer shows: the one that is asked for, else the first of the list. One that is asked for need not be on the page. */
export function shownFrame(
  frames: readonly { readonly name: string }[],
  wanted: string | null,
): { readonly name: string; readonly place: number | null } | null {
  if (wanted === null) return frames[0] === undefined ? null : { name: frames[0].name, place: 0 };
  const place = frames.findIndex(({ name }) => name === wanted);
  return { name: wanted, place: place < 0 ? null : place };
}

/**
 * Where a step through the list leads: to a frame of this page, or to the next page. Null where there is nothing further.
 *
 * @param next place of the first frame of the next page; null at the end
 */
export function stepFrom(
  frames: readonly { readonly name: string }[],
  place: number | null,
  by: 1 | -1,
  next: number | null,
): { readonly frame: string } | { readonly frame: null; readonly from: number } | null {
  const wanted = place === null ? 0 : place + by;
  const frame = frames[wanted];
  if (frame !== undefined) return { frame: frame.name };
  return by === 1 && next !== null ? { frame: null, from: next } : null;
}
