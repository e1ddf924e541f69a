import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { LoopInput } from '../../src/contracts/loop.ts';
import type { ArtifactRef, FolderRef } from '../../src/contracts/refs.ts';
import type { LoopOperations } from '../../src/operations/loops/loop-operations.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { contentRef } from '../../src/storage/content-address.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { sampleView } from '../unit/cli/fake-context.ts';
import { openApiSite, TOKENS, type ApiSite } from './api-site.ts';
import { iterationInput } from './iteration-input.ts';

export const CATEGORIES = Buffer.from('[{"id":1,"name":"instrument"}]');

/** Status and code of what is answered to who names a file that he may not, */
export const MISSING = [404, 'FileUnknown'];

/** and of what is done. */
export const DONE = [200, undefined];

/** The loop of the site. */
export const LOOP = { id: '~loop/north/P/loop', name: 'loop', project: 'P', connection: 'north' };
const STATUS = {
  ...LOOP,
  number: 1,
  phase: 'iterating',
  since: '',
  startedAt: '',
  paused: false,
  iteration: null,
  pace: 'continuous',
  end: null,
  begin: null,
  trouble: null,
  rests: null,
  findings: [],
  events: [],
  choices: [],
};

/** A server that somebody who sees one connection and somebody who sees all of them put files to. */
export interface HashSite {
  readonly site: ApiSite;
  /** What has been started so far. */
  readonly started: readonly unknown[];
  /** What the operator has put, who sees everything. */
  readonly masks: FolderRef;
  readonly categories: ArtifactRef;
  /** Categories of a project; in the store, and put by nobody. */
  readonly told: ArtifactRef;
  /** Says which policy the loop has. */
  follow(policy: ArtifactRef): void;
  put(token: string, content: Buffer): Promise<ArtifactRef>;
  /** A folder of these files, whoever has put them. */
  putFolder(token: string, files: readonly ArtifactRef[]): Promise<FolderRef>;
  /** Status and code of a start by who sees one connection. @param what `/plan` for a plan */
  startWith(changes: Partial<IterationInput>, what?: string): Promise<readonly unknown[]>;
}

/** Opens one. @param store of a server that was there before; a new one if left out */
export async function openHashSite(store?: ArtifactStore): Promise<HashSite> {
  const started: unknown[] = [];
  let policy: ArtifactRef | null = null;
  const site = await openApiSite(
    operationsOf(started, () => policy),
    store === undefined ? {} : { store },
  );
  const { put, putFolder } = uploadsTo(site);
  return {
    site,
    started,
    put,
    putFolder,
    categories: await put(TOKENS.operator, CATEGORIES),
    masks: await putFolder(TOKENS.operator, [await put(TOKENS.operator, Buffer.from('a mask of the south'))]),
    told: await site.store.put(TOLD),
    follow: (ref) => {
      policy = ref;
    },
    startWith: async (changes, what = '') => {
      const input = { ...iterationInput({ connection: 'north' }), masks: null, ...changes };
      const body = what === '' ? { input, again: false } : { input };
      const { status, json } = await site.ask(TOKENS.north, 'POST', `/api/v1/iterations${what}`, { body });
      return [status, (json as { code?: string }).code];
    },
  };
}

const TOLD = Buffer.from('[{"id":1,"name":"of the project"}]');

function operationsOf(started: unknown[], policyOf: () => ArtifactRef | null): Parameters<typeof openApiSite>[0] {
  const note = async (request: { readonly loop?: LoopInput }) => {
    started.push(request);
    return { id: '~loop/north/P/loop', outcome: 'started', ends: false } as const;
  };
  const edit = async (loop: LoopInput) => {
    started.push({ loop });
    return { id: '~loop/north/P/loop', from: 2, changes: 'batch.size' };
  };
  const plan = async () => ({ number: 1, task: 'T', begins: 'nothing', chosen: null, tooFew: null, iteration: null });
  const describe = async () => {
    const policy = policyOf();
    const status = policy === null ? null : { ...STATUS, policy, edited: null };
    return { ...LOOP, state: 'running', workerAnswers: true, status, iteration: null, activities: [], chosen: [] };
  };
  const categories = contentRef(hashBytes(TOLD), TOLD.length);
  return {
    resolve: async (given) => given ?? '',
    describe: async (id) => sampleView({ id }),
    start: async (request) => {
      started.push(request);
      return { id: 'north/P/T', outcome: 'started' };
    },
    projectCategories: async () => ({ categories, rows: [], classes: 0 }),
    loops: { start: note, plan, describe, edit } as unknown as LoopOperations,
  };
}

function uploadsTo(site: ApiSite): Pick<HashSite, 'put' | 'putFolder'> {
  const put = async (token: string, content: Buffer): Promise<ArtifactRef> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
    const at = `${site.url}/api/v1/files/${hashBytes(content)}`;
    return (await (await fetch(at, { method: 'PUT', headers, body: content })).json()) as ArtifactRef;
  };
  return {
    put,
    putFolder: async (token, files) => {
      const named = files.map((file, index) => ({ name: `${index}.png`, ...file }));
      const manifest = await put(token, Buffer.from(JSON.stringify({ schema: 'maskloop.files/1', files: named })));
      return { uri: manifest.uri, sha256: 'ab'.repeat(32), files: files.length, manifest };
    },
  };
}
