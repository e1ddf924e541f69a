import { z } from 'zod';
import type { RestoreResult } from '../../contracts/restore.ts';
import { connectionOfId, define, idParams, nothing } from '../define.ts';
import { excludeResult, forgetResult } from '../schemas/withdrawal.ts';

const ofOperator = { method: 'POST', tag: 'frames', role: 'operator', query: nothing } as const;
const frames = z.array(z.string().min(1)).min(1).max(1000).readonly();
const note = z.string().max(2000).nullable();

export const excludeFrames = define({
  ...ofOperator,
  id: 'excludeFrames',
  path: '/frames/exclude',
  summary: 'Takes frames out of training, or into it again',
  reach: 'one',
  connectionOf: ({ body }) => body.connection,
  changes: true,
  params: nothing,
  body: z.strictObject({
    what: z.enum(['exclude', 'include']),
    connection: z.string().min(1),
    project: z.string().min(1),
    task: z.string().min(1),
    frames,
    note,
  }),
  answer: excludeResult,
});

export const forgetFrames = define({
  ...ofOperator,
  id: 'forgetFrames',
  path: '/frames/forget',
  summary: 'Removes frames everywhere, or tells what would be removed',
  // Which frames are meant may be left open, and artifacts are shared by all connections.
  reach: 'all',
  changes: true,
  params: nothing,
  body: z.strictObject({
    connection: z.string().nullable(),
    project: z.string().nullable(),
    task: z.string().nullable(),
    frames,
    note,
    confirmed: z.boolean(),
  }),
  answer: forgetResult,
});

const backup = z.object({
  name: z.string(),
  number: z.number(),
  manifest: z.object({ uri: z.string(), sha256: z.string(), bytes: z.number() }),
  takenAt: z.string(),
  jobs: z.number(),
  shapes: z.number(),
  tracks: z.number(),
  tags: z.number(),
});

const restored: z.ZodType<RestoreResult> = z.object({
  id: z.string(),
  backup: z.number(),
  takenAt: z.string(),
  url: z.string(),
  before: backup,
  again: backup.exactOptional(),
  written: z.number(),
  unchanged: z.number(),
  shapes: z.number(),
});

export const restoreBackup = define({
  ...ofOperator,
  id: 'restoreBackup',
  path: '/iterations/{id}/restore',
  summary: 'Puts a backup of the task in CVAT back',
  reach: 'one',
  connectionOf: connectionOfId,
  changes: true,
  params: idParams,
  body: z.strictObject({ number: z.int().min(1).nullable(), overwrite: z.boolean() }),
  answer: restored,
});
