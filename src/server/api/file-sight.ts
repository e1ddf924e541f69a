import type { Endpoint } from '../../api/endpoint.ts';
import { FILE_LIST_SCHEMA } from '../../contracts/file-list.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { isRecord } from '../../storage/canonical-json.ts';
import { contentRef } from '../../storage/content-address.ts';
import { jsonOf } from '../../storage/json-of.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Principal } from '../access/principal.ts';
import { hashMemory } from './hash-memory.ts';
import { namedRefs, type NamedRef } from './named-refs.ts';

/** A file that names others is no larger, in bytes: a list of 200,000 files of long names. */
const LARGEST_DOCUMENT = 2 ** 27;

/**
 * Answers whose references to files are the server's own. What somebody has written himself comes back in notes and in what is written down:
 * to take that for sight would let anybody see what he can name.
 */
const TELLING: readonly string[] = [
  'describeIteration',
  'readReceipt',
  'describeLoop',
  'readLoopCurve',
  'projectCategories',
  'unpackUpload',
  'referToFolder',
];

type Who = Pick<Principal, 'name' | 'connections'>;

/**
 * Which files of the store a caller may name by hash: a file does not say whose it is. Who sees all connections may name all; everybody else what
 * he has put there, as far as that names nothing else, and what an answer has told him. It is known since the server began.
 */
export interface FileSight {
  has(who: Who, sha256: string): boolean;
  put(who: Who, sha256: string): void;
  tell(who: Who, hashes: readonly string[]): void;
  /** Notes what an answer tells. */
  told(who: Who, endpoint: Pick<Endpoint, 'id'>, answer: unknown): void;
  /** True for what an answer has told: whatever it names may be named. */
  isTold(who: Who, sha256: string): boolean;
  /**
   * Lets a file be named, and with a document all files that workers would find by it: those of a list, those of a policy and of its lists.
   *
   * @throws MaskloopError `FileUnknown`, in the same words whether there is such a file or not; what the store throws
   */
  require(who: Who, sha256: string): Promise<void>;
}

/** Remembers it for a store. */
export function fileSight(store: Pick<ArtifactStore, 'get' | 'sizeOf'>): FileSight {
  const [put, told, looked] = [hashMemory(), hashMemory(), hashMemory()];
  const isTold = (who: Who, sha256: string): boolean => who.connections === null || told.has(who, sha256);
  const has = (who: Who, sha256: string): boolean => isTold(who, sha256) || put.has(who, sha256);
  const require = async (who: Who, sha256: string): Promise<void> => {
    if (isTold(who, sha256) || looked.has(who, sha256)) return;
    if (!put.has(who, sha256)) throw unknownFile(sha256);
    const { refs, isList } = await namedIn(store, sha256);
    for (const ref of refs) {
      if (ref.sha256 === null) continue;
      if (!ref.isSound || !has(who, ref.sha256)) throw unknownFile(ref.sha256);
      // What a list names is copied, not followed.
      if (!isList) await require(who, ref.sha256);
    }
    looked.add(who, sha256);
  };
  return {
    has,
    isTold,
    put: (who, sha256) => put.add(who, sha256),
    tell: (who, hashes) => {
      if (who.connections === null) return;
      for (const sha256 of hashes) told.add(who, sha256);
    },
    told: (who, { id }, answer) => {
      if (who.connections === null || !TELLING.includes(id)) return;
      for (const { sha256 } of namedRefs(answer)) if (sha256 !== null) told.add(who, sha256);
    },
    require,
  };
}

/** What is said of a file that may not be named, and of one that is not there, to who may not know which of both it is. */
export function unknownFile(sha256: string): MaskloopError {
  const message = `The store has nothing of the hash ${sha256} that you have put there or were shown since the server began.`;
  return new MaskloopError('FileUnknown', message, { facts: { sha256 } });
}

/**
 * What a file names. It is read as workers read their documents, since JSON can write the same in many ways; what is no JSON names nothing, and
 * none of them takes it for a list or a policy.
 */
async function namedIn(
  store: Pick<ArtifactStore, 'get' | 'sizeOf'>,
  sha256: string,
): Promise<{ readonly refs: readonly NamedRef[]; readonly isList: boolean }> {
  const bytes = await store.sizeOf(sha256);
  if (bytes === null || bytes > LARGEST_DOCUMENT) throw unknownFile(sha256);
  const document = jsonOf(await store.get(contentRef(sha256, bytes)));
  return { refs: namedRefs(document), isList: isRecord(document) && document['schema'] === FILE_LIST_SCHEMA };
}
