/**
 * Derives `test/fixtures/cvat-webhooks.json` from the messages that recorded servers sent to webhooks: of each version,
 * event and cause the names in the message, and a few short messages with their signatures; and
 * `test/fixtures/cvat-deliveries.json` with every message, reduced to the ids and names of changed fields.
 *
 *     npx tsx scripts/derive-webhook-fixtures.ts [FOLDER]
 *
 * FOLDER holds `cvat-2.54.1`, `cvat-2.73.0` and `cvat-more`, each with a `webhooks.jsonl`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const folder = process.argv[2] ?? '../shared/servers';
const target = join(import.meta.dirname, '../test/fixtures/cvat-webhooks.json');

const deliveriesTarget = join(import.meta.dirname, '../test/fixtures/cvat-deliveries.json');

/** Secrets of the webhooks that were made for the recordings. */
const SECRETS = ['s3cr3t-key', 's3cr3t-hook'];
const LONGEST_SAMPLE = 800;
const COMMON = new Set(['event', 'webhook_id', 'sender', 'before_update', 'changes']);

const lineSchema = z.object({
  body: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])).optional(),
  rawHeaders: z.array(z.string()).optional(),
});
const objectSchema = z.record(z.string(), z.unknown());

interface Shape {
  version: string;
  event: string;
  cause: 'request' | 'worker';
  keys: string[];
  sender: string[];
  /** Names of the thing's fields, of which it has more or fewer by what is known of it. */
  subject: string[];
}

const shapes = new Map<string, Shape>();
const samples: { version: string; body: string; signature: string }[] = [];
/** Messages by version and text, with the number of times that they were sent. */
const deliveries = new Map<string, { version: string; message: object; times: number }>();
let largest = 0;
for (const name of ['cvat-2.54.1', 'cvat-2.73.0', 'cvat-more']) {
  const text = await readFile(join(folder, name, 'webhooks.jsonl'), 'utf8');
  for (const line of text.split('\n').filter(Boolean)) take(lineSchema.parse(JSON.parse(line)));
}
const kept = ['create:issue', 'delete:comment', 'ping'].flatMap((event) =>
  ['2.54.1', '2.73.0'].flatMap((version) =>
    samples.filter((one) => one.version === version && one.body.includes(`"event": "${event}"`)).slice(0, 1),
  ),
);
const sorted = [...shapes.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
await writeFile(target, `${JSON.stringify({ shapes: sorted, samples: kept, secrets: SECRETS }, null, 1)}\n`);
const reduced = [...deliveries.values()];
const lines = reduced.map((one) => ` ${JSON.stringify(one)}`).join(',\n');
await writeFile(deliveriesTarget, `{"largestBytes": ${largest}, "deliveries": [\n${lines}\n]}\n`);
console.log(`${reduced.length} different deliveries, the largest of ${largest} bytes`);
console.log(`${sorted.length} shapes, ${kept.length} samples`);

function take(line: z.infer<typeof lineSchema>): void {
  if (line.body === '') return;
  const headers = line.headers ?? pairs(line.rawHeaders ?? []);
  const header = (name: string): string => headers.find(([given]) => given === name)?.[1] ?? '';
  const version = /CVAT\/([\d.]+)/.exec(header('User-Agent'))?.[1] ?? '';
  const message = objectSchema.parse(JSON.parse(line.body));
  const kind = Object.keys(message).find((key) => !COMMON.has(key)) ?? '';
  const subject = objectSchema.parse(message[kind] ?? {});
  const sender = objectSchema.parse(message['sender'] ?? {});
  largest = Math.max(largest, Buffer.byteLength(line.body));
  keep(version, message, kind);
  const shape: Shape = {
    version,
    event: String(message['event']),
    cause: 'email' in sender ? 'worker' : 'request',
    keys: Object.keys(message),
    sender: Object.keys(sender),
    subject: Object.keys(subject).toSorted(),
  };
  // Issues and comments have no address, and messages that are sent again come in the order of the database.
  const isStored = line.body.startsWith(`{"${kind}": {"id"`) && 'url' in subject;
  if (!isStored) shapes.set(JSON.stringify(shape), shape);
  const signature = header('X-Signature-256');
  if (signature !== '' && line.body.length <= LONGEST_SAMPLE) samples.push({ version, body: line.body, signature });
}

/** Ids and the names of changed fields. */
function keep(version: string, message: Readonly<Record<string, unknown>>, kind: string): void {
  const short: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(message)) {
    const fields = objectSchema.safeParse(value).data;
    if (key === kind)
      short[key] = pick(fields ?? {}, ['id', 'name', 'task_id', 'project_id', 'stage', 'state', 'type']);
    else if (key === 'before_update' || key === 'changes') short[key] = pick(fields ?? {}, Object.keys(fields ?? {}));
    else if (key !== 'sender' && key !== 'webhook_id') short[key] = value;
  }
  const known = deliveries.get(JSON.stringify([version, short]));
  if (known === undefined) deliveries.set(JSON.stringify([version, short]), { version, message: short, times: 1 });
  else known.times += 1;
}

/** Times are all that differs between two edits of the same thing. */
function pick(fields: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const found = names.filter((name) => name in fields);
  return Object.fromEntries(found.map((name) => [name, name === 'updated_date' ? null : fields[name]]));
}

function keyOf(shape: Shape): string {
  return `${shape.version} ${shape.event} ${shape.cause} ${shape.subject.length}`;
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));
}
