import type { Client } from '@temporalio/client';
import type { FolderListing, FolderRequest, ReferenceRequest } from '../../contracts/offered-folder.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import { folderListing } from './folder-listing.ts';
import { lookOnWorker, type AnswerStore } from './look-on-worker.ts';

/** Folders of the workers' machine, as a worker sees them. */
export interface OfferedFolders {
  /** A page of one. @throws MaskloopError `FolderNotOffered`, `UnreadableFile`; see {@link lookOnWorker} */
  list(request: Omit<FolderRequest, 'kind'>): Promise<FolderListing>;
  /** The reference to one, for which all of it is read. @throws MaskloopError as `list` */
  refer(request: Omit<ReferenceRequest, 'kind'>): Promise<FolderRef>;
}

/** Binds them to one namespace of Temporal and one store. */
export function createOfferedFolders(where: {
  readonly client: Client;
  readonly store: AnswerStore;
  readonly patienceMs?: number;
}): OfferedFolders {
  return {
    list: async (request) =>
      folderListing.parse(jsonOf(await lookOnWorker(where, { kind: 'folder', ...request }, request.path))),
    refer: async (request) =>
      folderSchema.parse(jsonOf(await lookOnWorker(where, { kind: 'reference', ...request }, request.path))),
  };
}

function jsonOf(answer: Uint8Array): unknown {
  return JSON.parse(Buffer.from(answer).toString('utf8'));
}
