import { readFile } from 'node:fs/promises';
import type { LoopInput, LoopPolicy } from '../contracts/loop.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { loopPolicy } from '../loop-file/loop-policy.ts';
import type { LoopSources } from '../loop-file/loop-sources.ts';
import { missingPaths, namedPaths } from '../loop-file/missing-paths.ts';
import { parseLoopFile } from '../loop-file/parse-loop-file.ts';
import { invalidLoopFile } from '../loop-file/loop-file-problem.ts';
import { resolvePath } from '../loop-file/parsed-loop-file.ts';
import { storePolicy } from '../loop-file/policy/stored-policy.ts';
import { readLoopRefs } from '../loop-file/read-loop-refs.ts';
import type { Operations } from '../operations/operations.ts';
import { contentRef, hashInAddress } from '../storage/content-address.ts';
import { hashBytes } from '../storage/file-hash.ts';
import { describeGiven } from '../storage/given-folder.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Principal } from './access/principal.ts';
import { requireOfferedPaths, type Naming } from './api/require-offered.ts';

/** Where a text is taken to lie: relative paths in it lead to no offered folder. */
const WHERE = '/maskloop.yaml';

/** What texts of loops are read with. */
export interface LoopTextSite {
  readonly store: ArtifactStore;
  readonly operations: Pick<Operations, 'projectCategories'>;
  /** What may be named. */
  readonly naming: Naming;
  /** Addresses of what a loop reads already: a text of that loop may keep them. */
  readonly addressesOf: (loop: Pick<LoopPolicy, 'name' | 'connection' | 'project'>) => Promise<readonly string[]>;
}

/**
 * What the text of a `maskloop.yaml` means. Files and folders are named by their address in the store, or lie below a folder that the server
 * offers, or are folders that this very loop reads already: nothing else of its machine is looked at, not even whether it is there.
 *
 * @param isDry stores nothing and asks no worker
 * @param mayUse told of the connection before anything is read
 * @param who may name files of the store that he may know of
 * @throws MaskloopError `InvalidLoopFile` with all problems at once, `FolderNotOffered`, `FileUnknown`, `InvalidCategories`, what `mayUse` throws
 */
export async function readLoopText(
  site: LoopTextSite,
  text: string,
  {
    isDry,
    signal,
    mayUse,
    who,
  }: {
    readonly isDry: boolean;
    readonly signal: AbortSignal;
    readonly mayUse: (connection: string) => void;
    readonly who: Principal;
  },
): Promise<LoopPolicy> {
  const parsed = parseLoopFile(text, WHERE);
  mayUse(parsed.content.connection);
  const places = namedPaths(parsed).map(({ given }) => resolvePath(parsed, given));
  await requireOfferedPaths(places, who, site.naming, async () => site.addressesOf(parsed.content));
  const missing = await missingPaths(parsed);
  if (missing.length > 0) throw invalidLoopFile(WHERE, missing);
  return loopPolicy(
    parsed.content,
    await readLoopRefs(parsed, isDry ? drySources(site, signal) : sources(site, signal)),
  );
}

/** What a loop is started with, by its text; the policy is in the store then. @throws MaskloopError as {@link readLoopText} */
export async function storeLoopText(
  site: LoopTextSite,
  text: string,
  options: Omit<Parameters<typeof readLoopText>[2], 'isDry'>,
): Promise<LoopInput> {
  const policy = await readLoopText(site, text, { ...options, isDry: false });
  const { name, connection, project } = policy;
  return { name, connection, project, policy: await storePolicy(site.store, policy) };
}

/** Hashes of the files in the store that a text names; none for a text that means nothing. */
export function namedInText(text: string): readonly string[] {
  try {
    return namedPaths(parseLoopFile(text, WHERE)).flatMap(({ given }) => hashInAddress(given) ?? []);
  } catch (error) {
    if (isMaskloopError(error, 'InvalidLoopFile')) return [];
    throw error;
  }
}

function sources({ store, operations }: LoopTextSite, signal: AbortSignal): LoopSources {
  return {
    readFile: (what, path) => readGiven(store, what, path),
    putArtifact: (content) => store.put(content),
    describeFolder: (_what, given) => describeGiven(() => store, given, { signal }),
    projectCategories: async (where) => {
      const { categories, rows, classes } = await operations.projectCategories(where);
      // Of the labels beyond the fiftieth only the numbers are told.
      return { categories, names: Array.from({ length: classes }, (_, at) => rows[at]?.name ?? String(at + 1)) };
    },
  };
}

async function notStored(content: Uint8Array): Promise<ArtifactRef> {
  return { uri: 'not stored', sha256: hashBytes(content), bytes: content.byteLength };
}

function drySources(site: LoopTextSite, signal: AbortSignal): LoopSources {
  return {
    ...sources(site, signal),
    putArtifact: notStored,
    projectCategories: async ({ project }) => {
      const uri = `labels of project "${project}" in CVAT, numbered from 1`;
      return { categories: { uri, sha256: '', bytes: 0 }, names: null };
    },
  };
}

async function readGiven(store: ArtifactStore, what: string, path: string): Promise<Uint8Array> {
  const sha256 = hashInAddress(path);
  if (sha256 !== null) return store.get(contentRef(sha256, (await store.sizeOf(sha256)) ?? 0));
  try {
    return await readFile(path);
  } catch (error) {
    const facts = { file: path, reason: what };
    throw new MaskloopError('UnreadableFile', `The ${what} ${path} cannot be read here.`, { facts, cause: error });
  }
}
