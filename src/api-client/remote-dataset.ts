import { open } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { heldFiles, listDocuments, readDocument, type ListedKind, type ReadKind } from '../api/endpoints/documents.ts';
import { MOST_HASHES, readFile } from '../api/endpoints/files.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { DatasetSource } from '../dataset/dataset-source.ts';
import { verifiedBytes } from '../storage/read-artifact.ts';
import { artifactCorrupt } from '../storage/store-failure.ts';
import type { ApiClient } from './api-client.ts';

/** Files that are fetched at once: the way to a server takes longer than its work. */
const AT_ONCE = 8;

/**
 * What a server has of its store for a dataset. Names are listed once; contents are checked by their hashes. All methods throw what
 * {@link ApiClient} throws, and the signal's reason if aborted.
 */
export function remoteDataset(client: ApiClient, signal: AbortSignal): DatasetSource {
  const lists = new Map<ListedKind, Promise<readonly string[]>>();
  return {
    atOnce: AT_ONCE,
    isHere: false,
    listNamed: async (prefix) => {
      const { kind } = partsOf(prefix);
      if (!isListed(kind)) throw new TypeError(`no server lists ${prefix}`);
      const list = lists.get(kind) ?? allNames(client, kind, signal);
      lists.set(kind, list);
      return (await list).filter((name) => name.startsWith(prefix));
    },
    getNamed: async (given) => {
      const { kind, name } = partsOf(given);
      if (!isRead(kind)) throw new TypeError(`no server shows ${given}`);
      try {
        return await client.bytes(readDocument, { params: { kind, name }, signal });
      } catch (error) {
        if (isMaskloopError(error, 'ArtifactMissing')) return null;
        throw error;
      }
    },
    get: async (ref) => verifiedBytes(await client.bytes(readFile, { params: { sha256: ref.sha256 }, signal }), ref),
    held: async (sha256) => {
      const held = new Set<string>();
      for (let from = 0; from < sha256.length; from += MOST_HASHES) {
        const body = { sha256: sha256.slice(from, from + MOST_HASHES) };
        for (const one of (await client.ask(heldFiles, { body, signal })).held) held.add(one);
      }
      return held;
    },
    save: async (ref, path) => {
      try {
        await download(client, ref, path, signal);
      } catch (error) {
        // A connection that was kept may be gone by now; the file is begun anew.
        if (!isMaskloopError(error, 'ServerUnreachable')) throw error;
        await download(client, ref, path, signal);
      }
    },
  };
}

async function download(client: ApiClient, ref: ArtifactRef, path: string, signal: AbortSignal): Promise<void> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  let full: unknown;
  try {
    await client.pour(readFile, { params: { sha256: ref.sha256 }, signal }, async (piece) => {
      hash.update(piece);
      await file.appendFile(piece).catch((error: unknown) => {
        full = error;
        throw error;
      });
    });
  } catch (error) {
    // A disk that takes no more is no fault of the server.
    throw full ?? error;
  } finally {
    await file.close();
  }
  const found = hash.digest('hex');
  if (found !== ref.sha256) throw artifactCorrupt(ref, found);
}

async function allNames(client: ApiClient, kind: ListedKind, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  let after: string | null = null;
  do {
    const query: { readonly after?: string } = after === null ? {} : { after };
    const page: { readonly names: readonly string[]; readonly next: string | null } = await client.ask(listDocuments, {
      params: { kind },
      query,
      signal,
    });
    names.push(...page.names.map((name) => `${kind}/${name}`));
    after = page.next;
  } while (after !== null);
  return names;
}

function partsOf(name: string): { readonly kind: string; readonly name: string } {
  const end = name.indexOf('/');
  return { kind: name.slice(0, end), name: name.slice(end + 1) };
}

const isListed = (kind: string): kind is ListedKind => listDocuments.params.shape.kind.safeParse(kind).success;
const isRead = (kind: string): kind is ReadKind => readDocument.params.shape.kind.safeParse(kind).success;
