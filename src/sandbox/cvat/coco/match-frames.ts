/** Finds the frame number of a COCO file name; undefined if CVAT would not. */
export type FrameMatcher = (fileName: string) => number | undefined;

interface NamedFrame {
  readonly number: number;
  readonly name: string;
}

/**
 * Matches names as CVAT 2.73 does: the exact path, the path without extension, and then the name read as an integer
 * and taken for the frame's number, whatever the frames are called. A folder that all frames share may be left out.
 * Frames of a video are called by their number in the file; there `frame_` and the task's own number serve as well.
 *
 * @param frames the frames of the task, or of the one job that is imported into
 * @param fileNames all names of the document, since the shared folder is guessed from the deepest of them
 */
export function frameMatcher(
  frames: readonly NamedFrame[],
  fileNames: readonly string[],
  isVideo = false,
): FrameMatcher {
  const exact = new Map(frames.map((frame) => [frame.name, frame.number]));
  const bare = new Map(frames.map((frame) => [itemId(frame.name), frame.number]));
  const numbers = new Set(frames.map((frame) => frame.number));
  const root = sharedRoot(frames, fileNames);
  const rooted = (path: string): string => (path.startsWith(root) ? path : root + path);
  return (fileName) => {
    const id = itemId(fileName);
    const found = exact.get(rooted(fileName)) ?? bare.get(rooted(id));
    if (found !== undefined) return found;
    const cast = pythonInteger(id);
    if (cast !== undefined) return numbers.has(cast) ? cast : undefined;
    const numbered = isVideo ? pythonInteger(/(?:^|\/)frame_([^/]*)$/.exec(id)?.[1] ?? '') : undefined;
    return numbered !== undefined && numbers.has(numbered) ? numbered : undefined;
  };
}

/** The number that Python's `int` makes of a text. */
function pythonInteger(text: string): number | undefined {
  return /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}

/** A file name without its extension: what CVAT calls the item's id. */
export function itemId(fileName: string): string {
  return fileName.replace(/(?<=[^/])\.[^./]*$/, '');
}

/** The folder, with its slash, that the frame of the deepest name lies in beyond what the name itself says. */
function sharedRoot(frames: readonly NamedFrame[], fileNames: readonly string[]): string {
  const ids = fileNames.map(itemId);
  const deepest = ids.reduce<string | undefined>(
    (best, id) => (best === undefined || depth(id) > depth(best) ? id : best),
    undefined,
  );
  if (deepest === undefined) return '';
  const home = frames.map((frame) => itemId(frame.name)).find((name) => name.endsWith(`/${deepest}`));
  return home === undefined ? '' : home.slice(0, -deepest.length);
}

function depth(path: string): number {
  return path.split('/').length;
}
