import { createHash } from 'node:crypto';
import { MaskloopError } from '../contracts/error.ts';

/** File systems allow 255 bytes for a name; the server appends extensions and suffixes of its own. */
const MAX_BYTES = 200;
const IMAGE_ID = new RegExp(`^[A-Za-z0-9_-]{1,${MAX_BYTES}}$`);
const TASK_BYTES = 60;
const FRAME_BYTES = 120;
const HASH_DIGITS = 12;

/**
 * The id of a frame in MONAI Label: `{task}_{frame}_{hash}`, of `[A-Za-z0-9_-]` alone and at most 200 bytes. The server
 * cuts ids at dots and refuses slashes, so other characters become dashes; 12 hex digits of the SHA-256 over the
 * exact project, task and frame (without its file extension) tell apart what looks alike then; and of the connection, since
 * two of them may share a server. `default` counts as none.
 */
export function imageId(where: { task: string; project: string; frame: string; connection: string }): string {
  const frame = where.frame.replace(/(?<=[^/])\.[^./]*$/, '');
  const connection = where.connection === 'default' ? [] : [where.connection];
  const exact = JSON.stringify([...connection, where.project, where.task, frame]);
  const hash = createHash('sha256').update(exact).digest('hex').slice(0, HASH_DIGITS);
  // The end of a frame's name holds its number, the beginning of a task's name what it is about.
  const readable = [plain(where.task).slice(0, TASK_BYTES), plain(frame).slice(-FRAME_BYTES)];
  return [...readable, hash].filter((part) => part !== '').join('_');
}

function plain(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
}

/**
 * Refuses ids that the server would cut or fail on: `study.1` becomes `study`, `a/b` is an internal error.
 *
 * @throws MaskloopError `MonaiRejected`
 */
export function assertImageId(id: string): void {
  if (isImageId(id)) return;
  throw new MaskloopError(
    'MonaiRejected',
    `'${id}' cannot be an image id of MONAI Label: 1 to ${MAX_BYTES} letters, digits, dashes and underscores.`,
    { facts: { imageId: id } },
  );
}

/** Whether images can be asked for by this id. Ids of others may be of any form. */
export function isImageId(id: string): boolean {
  return IMAGE_ID.test(id);
}
