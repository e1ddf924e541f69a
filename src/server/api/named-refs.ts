import { isRecord } from '../../storage/canonical-json.ts';
import { hashInAddress } from '../../storage/content-address.ts';

/** A file or folder that a document names. */
export interface NamedRef {
  readonly uri: string;
  /** Hash of the file in the store that the address leads to; null for another address, */
  readonly sha256: string | null;
  /** and false where the reference gives another hash for it than its address. */
  readonly isSound: boolean;
}

/** All references in a document, wherever they stand in it. Texts that hold an address are none, nor are facts of failures. */
export function namedRefs(value: unknown): readonly NamedRef[] {
  if (Array.isArray(value)) return value.flatMap(namedRefs);
  if (!isRecord(value)) return [];
  const inside = Object.entries(value).flatMap(([field, one]) => (field === 'facts' ? [] : namedRefs(one)));
  const { uri, sha256: given, files } = value;
  if (typeof uri !== 'string') return inside;
  const sha256 = hashInAddress(uri);
  // The hash of a folder is one over names and contents.
  const isSound = sha256 === null || files !== undefined || given === undefined || given === sha256;
  return [{ uri, sha256, isSound }, ...inside];
}
