import { z } from 'zod';
import { define, noBody, nothing } from '../define.ts';
import { bytes, MOST_HASHES, sha256 } from './files.ts';

/** Kinds of named documents that are listed; nothing else of the store has a name outside. */
const LISTED = ['receipts', 'chains', 'amendments', 'tombstones', 'forgotten'] as const;

/** Kinds whose contents are shown. */
const READ = ['receipts', 'chains', 'amendments'] as const;

/** Names of one kind that an answer holds. */
export const MOST_NAMES = 1000;

/** As documents are: they name people, whatever a setting says, and do not say whose they are. */
const ofStore = { tag: 'files', role: 'operator', reach: 'all', changes: false, query: nothing, body: noBody } as const;

const name = z
  .string()
  .max(2000)
  .regex(/^[A-Za-z0-9._~%-]+(\/[A-Za-z0-9._~%-]+)*$/)
  .describe('what follows the kind, percent-encoded as a whole: `P%2FT.json`');

export const listDocuments = define({
  ...ofStore,
  id: 'listDocuments',
  method: 'GET',
  path: '/documents/{kind}',
  summary: 'Names of receipts, chains and corrections, and of what was forgotten; sorted, page by page',
  params: z.strictObject({ kind: z.enum(LISTED) }),
  query: z.strictObject({
    after: name.exactOptional().describe('the last name of the page before'),
    limit: z.coerce.number().int().min(1).max(MOST_NAMES).exactOptional().describe(`${MOST_NAMES} if left out`),
  }),
  answer: z.object({
    names: z.array(z.string()).readonly(),
    next: z.string().nullable().describe('`after` of the next page'),
  }),
});
export type ListedKind = (typeof LISTED)[number];

export const readDocument = define({
  ...ofStore,
  id: 'readDocument',
  method: 'GET',
  path: '/documents/{kind}/{name}',
  summary: 'A receipt, a link of a chain of them, or a correction, byte for byte',
  params: z.strictObject({ kind: z.enum(READ), name }),
  produces: 'application/octet-stream',
  answer: bytes,
});
export type ReadKind = (typeof READ)[number];

export const heldFiles = define({
  ...ofStore,
  id: 'heldFiles',
  method: 'POST',
  path: '/files/held',
  summary: 'Which of these files the store has; their contents are not looked at',
  params: nothing,
  body: z.strictObject({ sha256: z.array(sha256).max(MOST_HASHES) }),
  answer: z.object({ held: z.array(sha256).readonly() }),
});
