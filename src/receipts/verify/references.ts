import type { ArtifactRef, FolderRef } from '../../contracts/refs.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';

/** A reference and where it stands: `results.labels.manifest`, `frames[3].label`. */
export interface Placed<T> {
  readonly at: string;
  readonly ref: T;
}

export interface References {
  readonly artifacts: readonly Placed<ArtifactRef>[];
  readonly folders: readonly Placed<FolderRef>[];
}

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Every reference in a JSON value, wherever it stands: objects with `uri`, `sha256` and `bytes` or `files`. So whatever a
 * later version adds to a receipt or manifest is found without being known.
 */
export function referencesIn(value: unknown, at = ''): References {
  const artifacts: Placed<ArtifactRef>[] = [];
  const folders: Placed<FolderRef>[] = [];
  const pending: { readonly value: unknown; readonly at: string }[] = [{ value, at }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    const { at: here, value: found } = next;
    const reference = referenceOf(found);
    if (reference !== null && 'bytes' in reference) artifacts.push({ at: here, ref: reference });
    else if (reference !== null) {
      folders.push({ at: here, ref: reference });
      if (reference.manifest !== undefined) artifacts.push({ at: `${here}.manifest`, ref: reference.manifest });
    } else pending.push(...partsOf(found, here).toReversed());
  }
  return { artifacts, folders };
}

function partsOf(value: object, at: string): { readonly value: unknown; readonly at: string }[] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => ({ value: item, at: `${at}[${index}]` }));
  return Object.entries(value).map(([key, part]: [string, unknown]) => ({
    value: part,
    at: at === '' ? key : `${at}.${key}`,
  }));
}

function referenceOf(value: object): ArtifactRef | FolderRef | null {
  if (!('uri' in value && 'sha256' in value)) return null;
  const { uri, sha256 } = value;
  if (typeof uri !== 'string' || typeof sha256 !== 'string' || !SHA256.test(sha256)) return null;
  if ('bytes' in value && typeof value.bytes === 'number') return { uri, sha256, bytes: value.bytes };
  if (!('files' in value && typeof value.files === 'number')) return null;
  const manifest = 'manifest' in value ? artifactSchema.safeParse(value.manifest).data : undefined;
  return { uri, sha256, files: value.files, ...(manifest === undefined ? {} : { manifest }) };
}

/** A place without the numbers of its items: `frames[].label`. */
export function kindOf(at: string): string {
  return at.replaceAll(/\[\d+\]/g, '[]');
}
