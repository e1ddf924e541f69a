import { MaskloopError } from '../contracts/error.ts';

/** `--group` for the folder of a frame. */
export const BY_FOLDER = 'folder';

/**
 * The group of a frame by its name: its folder, what the one capturing group of a pattern takes from the name, or the name
 * itself where nothing was asked for. A frame without a folder, or that the pattern does not match, is a group of its own.
 *
 * @param group `folder`, or a regular expression of JavaScript with exactly one capturing group
 * @throws MaskloopError `InvalidConfiguration` for anything else
 */
export function groupOf(group: string | undefined): (name: string) => string {
  if (group === undefined) return (name) => name;
  if (group === BY_FOLDER) return (name) => (name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : name);
  const pattern = parsePattern(group);
  return (name) => pattern.exec(name)?.[1] ?? name;
}

function parsePattern(group: string): RegExp {
  try {
    const pattern = new RegExp(group, 'u');
    // An alternative that matches the empty text tells how many groups there are.
    const groups = (new RegExp(`${group}|`, 'u').exec('')?.length ?? 1) - 1;
    if (groups === 1) return pattern;
  } catch {
    // Whatever is wrong with it, the text below says what is wanted.
  }
  throw new MaskloopError(
    'InvalidConfiguration',
    `"${group}" names no groups of frames: pass folder, or a regular expression with one capturing group, such as ^(.*)_\\d+.`,
    { facts: { group } },
  );
}
