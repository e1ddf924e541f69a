import { MaskloopError } from '../contracts/error.ts';

/** Marks a file as a document. No name contains it, so `a` and `a/b` are the file `a@` and the folder `a`. */
const DOCUMENT = '@';
/** Marks a folder whose name goes on in the next part. Percent-encoded names outgrow the 255 bytes of a file system. */
const CONTINUED = '+';
const MAX_PART = 200;

const SEGMENT = /^[A-Za-z0-9._~%-]+$/;

function segmentsOf(name: string): readonly string[] {
  const segments = name.split('/');
  for (const segment of segments) {
    if (!SEGMENT.test(segment) || segment === '.' || segment === '..') {
      throw new MaskloopError(
        'InvalidName',
        `'${name}' cannot name a document: '${segment}' is not made of letters, digits and -._~% alone.`,
        { facts: { name, segment } },
      );
    }
  }
  return segments;
}

function partsOf(segment: string): readonly string[] {
  const parts: string[] = [];
  for (let start = 0; start < segment.length; start += MAX_PART) {
    const end = start + MAX_PART;
    parts.push(segment.slice(start, end) + (end < segment.length ? CONTINUED : ''));
  }
  return parts;
}

/**
 * Parts of the path of a named document below the folder of documents; the last is a file. One to one: no two names
 * share a file, and no name's file is another's folder.
 *
 * @throws MaskloopError `InvalidName` for empty parts, `.`, `..` and characters outside `[A-Za-z0-9._~%-]`
 */
export function documentPath(name: string): readonly string[] {
  return segmentsOf(name)
    .flatMap(partsOf)
    .map((part, index, parts) => (index === parts.length - 1 ? part + DOCUMENT : part));
}

/** The name of a document from the parts of its path; null for a file that is none, such as a left-over temporary one. */
export function documentName(parts: readonly string[]): string | null {
  const path = parts.join('/');
  return path.endsWith(DOCUMENT) ? path.slice(0, -DOCUMENT.length).replaceAll(`${CONTINUED}/`, '') : null;
}

/**
 * The innermost folder that holds all documents whose names begin with `prefix`.
 *
 * @throws MaskloopError `InvalidName` if a complete part of the prefix cannot be part of a name
 */
export function folderOfPrefix(prefix: string): readonly string[] {
  const end = prefix.lastIndexOf('/');
  return end === -1 ? [] : segmentsOf(prefix.slice(0, end)).flatMap(partsOf);
}
