import { describeFolder } from '../api/endpoints/files.ts';
import type { LabelsWanted } from '../api/endpoints/labels.ts';
import { readPage, resolveIteration, verifyReceipt } from '../api/endpoints/iterations.ts';
import { holdServer, listHolds, unholdServer } from '../api/endpoints/holds.ts';
import { addNote, listNotes } from '../api/endpoints/notes.ts';
import { listNotices, seenNotices, snoozeIteration } from '../api/endpoints/notices.ts';
import { inspectSystem, mendSystem } from '../api/endpoints/system.ts';
import type { CollectedTask } from '../contracts/collected-labels.ts';
import type { Finding } from '../contracts/doctor.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { Hold } from '../contracts/hold.ts';
import type { ArtifactRef, FolderRef } from '../contracts/refs.ts';
import type { MessageRow } from '../notify/outbox/list-messages.ts';
import type { Operations } from '../operations/operations.ts';
import type { Note } from '../receipts/notes.ts';
import type { Verification } from '../receipts/verify/verification.ts';
import type { DatasetSource } from '../dataset/dataset-source.ts';
import { hashInAddress } from '../storage/content-address.ts';
import type { PutFolder } from '../storage/put-folder.ts';
import { createApiClient, type ApiClientOptions } from './api-client.ts';
import { remoteDataset } from './remote-dataset.ts';
import { remoteLabels } from './remote-labels.ts';
import { remoteOperations } from './remote-operations.ts';
import { uploadBytes } from './upload-bytes.ts';
import { uploadFolder, type UploadOptions } from './upload-folder.ts';

/** What commands do through a server instead of with Temporal and the store. */
export interface ThroughServer {
  readonly operations: Operations;
  /** A folder of this machine, which is uploaded, or one in the store by its address. */
  describeFolder(given: string, options: UploadOptions): Promise<FolderRef>;
  putFolder(dir: string, options: UploadOptions): Promise<PutFolder>;
  putArtifact(content: Uint8Array): Promise<ArtifactRef>;
  verifyReceipt(given: string | undefined, signal: AbortSignal): Promise<Verification>;
  receiptPage(given: string | undefined): Promise<string>;
  /** See {@link remoteLabels}. */
  collect(wanted: LabelsWanted, into: { readonly dir: string; readonly signal: AbortSignal }): Promise<CollectedTask>;
  /** The store of the server, as far as a dataset needs it. */
  dataset(signal: AbortSignal): DatasetSource;
  listNotices(which: 'troubled' | 'open' | 'settled'): Promise<readonly MessageRow[]>;
  markNoticesSeen(keys: readonly string[]): Promise<void>;
  snooze(id: string, snooze: { readonly until: string }): Promise<void>;
  listNotes(id: string): Promise<readonly Note[]>;
  addNote(note: Pick<Note, 'id' | 'text'>): Promise<Note>;
  listHolds(): Promise<readonly Hold[]>;
  hold(hold: Omit<Hold, 'schema'>): Promise<void>;
  endHold(place: Pick<Hold, 'connection' | 'server'>): Promise<boolean>;
  inspect(wanted: {
    readonly connection: string | null;
    readonly project: string | null;
    readonly fix: boolean;
  }): Promise<readonly { readonly title: string; readonly findings: readonly Finding[] }[]>;
}

/** Binds them to a server. */
export function throughServer(options: ApiClientOptions): ThroughServer {
  const client = createApiClient(options);
  const finished = async (given: string | undefined): Promise<string> => {
    const query = { among: 'finished' as const, ...(given === undefined ? {} : { given }) };
    return (await client.ask(resolveIteration, { query })).id;
  };
  return {
    operations: remoteOperations(client),
    describeFolder: async (given, upload) => {
      if (!given.startsWith('store:')) return (await uploadFolder(client, given, upload)).folder;
      const sha256 = hashInAddress(given);
      if (sha256 !== null) return client.ask(describeFolder, { params: { sha256 }, signal: upload.signal });
      const message = `${given} is no address in the store; one is store:sha256/ab/ab….`;
      throw new MaskloopError('InvalidFileList', message, { facts: { uri: given } });
    },
    putFolder: (dir, upload) => uploadFolder(client, dir, upload),
    putArtifact: (content) => uploadBytes(client, content),
    verifyReceipt: async (given, signal) => {
      return client.ask(verifyReceipt, { params: { id: await finished(given) }, signal });
    },
    receiptPage: async (given) => client.text(readPage, { params: { id: await finished(given) } }),
    collect: (wanted, into) => remoteLabels(client, wanted, into),
    dataset: (signal) => remoteDataset(client, signal),
    listNotices: async (which) => (await client.ask(listNotices, { query: { which } })).notices,
    markNoticesSeen: (keys) => client.tell(seenNotices, { body: { keys: [...keys] } }),
    snooze: (id, { until }) => client.tell(snoozeIteration, { params: { id }, body: { until } }),
    listNotes: async (id) => (await client.ask(listNotes, { params: { id } })).notes,
    addNote: ({ id, text }) => client.ask(addNote, { params: { id }, body: { text } }),
    listHolds: async () => (await client.ask(listHolds, {})).holds,
    hold: ({ by: _, at: __, ...body }) => client.tell(holdServer, { body: body }),
    endHold: async ({ connection, server }) => {
      return (await client.ask(unholdServer, { body: { connection, server } })).wasHeld;
    },
    inspect: async ({ fix, connection, project }) => {
      if (fix) return (await client.ask(mendSystem, { body: { connection, project } })).groups;
      const query = { ...(connection === null ? {} : { connection }), ...(project === null ? {} : { project }) };
      return (await client.ask(inspectSystem, { query })).groups;
    },
  };
}
