import { open } from 'node:fs/promises';
import { MaskloopError } from '../../contracts/error.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** Where parts wait. They are no artifacts: what was forgotten may be in one, and they are removed. */
const UPLOADS = 'uploads/';

/** An upload that breaks off is begun again within a day. */
const LIVES_MS = 24 * 3_600_000;

/** Parts of files that are being uploaded, each known to its sender alone. */
export interface UploadParts {
  /** Of these hashes, those that `who` has not sent. */
  missing(who: string, sha256: readonly string[]): Promise<readonly string[]>;
  put(who: string, sha256: string, content: Uint8Array): Promise<void>;
  /** Writes parts one after the other into a file. @throws MaskloopError `UploadIncomplete` */
  assemble(who: string, sha256: readonly string[], path: string): Promise<void>;
  remove(who: string, sha256: readonly string[]): Promise<void>;
  /** Removes parts of uploads that nobody went on with. */
  sweep(): Promise<void>;
}

/** Where the parts of somebody are. */
function folderOf(who: string): string {
  return `${UPLOADS}${hashBytes(who).slice(0, 32)}/`;
}

/** Keeps them in a store under names. */
export function uploadParts(store: ArtifactStore, now: () => number = Date.now): UploadParts {
  const namesOf = async (who: string): Promise<ReadonlyMap<string, string>> => {
    const names = await store.listNamed(folderOf(who));
    return new Map(names.map((name) => [hashIn(name), name]));
  };
  return {
    missing: async (who, sha256) => {
      const known = await namesOf(who);
      return sha256.filter((hash) => !known.has(hash));
    },
    put: async (who, sha256, content) => store.putNamed(`${folderOf(who)}${sha256}-${now()}`, content),
    assemble: async (who, sha256, path) => {
      const known = await namesOf(who);
      const file = await open(path, 'wx');
      try {
        for (const hash of sha256) {
          const content = await store.getNamed(known.get(hash) ?? `${folderOf(who)}none`);
          if (content === null || hashBytes(content) !== hash) throw incomplete(hash);
          await file.appendFile(content);
        }
      } finally {
        await file.close();
      }
    },
    remove: async (who, sha256) => {
      const wanted = new Set(sha256);
      for (const [hash, name] of await namesOf(who)) if (wanted.has(hash)) await store.removeNamed(name);
    },
    sweep: async () => {
      for (const name of await store.listNamed(UPLOADS)) {
        if (now() - Number(name.slice(name.lastIndexOf('-') + 1)) > LIVES_MS) await store.removeNamed(name);
      }
    },
  };
}

function hashIn(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1, name.lastIndexOf('-'));
}

function incomplete(sha256: string): MaskloopError {
  return new MaskloopError('UploadIncomplete', `The part ${sha256} of the file is not there.`, { facts: { sha256 } });
}
