import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import {
  MODEL_EVENTS,
  modelEventName,
  oldEventFolder,
  type ModelEvent,
  type ModelPlace,
  type RegisterPlace,
} from '../contracts/model-register.ts';

/** What the register needs of the artifact store. */
export interface RegisterStore {
  getNamed(name: string): Promise<Uint8Array | null>;
  listNamed(prefix: string): Promise<readonly string[]>;
}

interface WritableRegisterStore extends RegisterStore {
  createNamed(name: string, content: Uint8Array): Promise<boolean>;
}

const schema: z.ZodType<ModelEvent> = z.object({
  schema: z.literal('maskloop.model/1'),
  connection: z.string(),
  model: z.string(),
  number: z.int().min(1),
  trainer: z.object({ kind: z.string(), address: z.string() }).exactOptional(),
  event: z.enum(MODEL_EVENTS),
  checksum: z.string(),
  file: z.object({ uri: z.string(), sha256: z.string(), bytes: z.number() }),
  current: z.string(),
  iteration: z.string().nullable(),
  metrics: z
    .object({
      frames: z.number(),
      dice: z.number().nullable(),
      before: z.number().nullable(),
      classes: z.record(z.string(), z.number().nullable()),
    })
    .nullable(),
  reasons: z.array(z.string()),
  by: z.string().nullable(),
  at: z.string(),
  key: z.string(),
});

/**
 * All that happened to a model, oldest first; empty for one that the register does not know. What was kept by connection
 * comes first: of the connection that is asked by, and of those that the trainer's own entries name.
 *
 * @throws MaskloopError `ArtifactCorrupt` for a document that is no entry, `StoreUnreachable`
 */
export async function readModelEvents(store: RegisterStore, place: RegisterPlace): Promise<readonly ModelEvent[]> {
  const { own, old } = await readBoth(store, place);
  return [...old, ...own];
}

async function readBoth(store: RegisterStore, place: RegisterPlace) {
  const own = await readOwnEvents(store, place);
  const old = await readOldEvents(store, place.model, [place.connection, ...connectionsOf(own)]);
  return { own, old };
}

/** What happened to a model since registers are kept by trainer, oldest first. @throws as {@link readModelEvents} */
export async function readOwnEvents(
  store: RegisterStore,
  place: Omit<RegisterPlace, 'connection'>,
): Promise<readonly ModelEvent[]> {
  return readFolder(store, modelEventName(place, ''));
}

/** What happened to a model while registers were kept by connection, oldest first. @throws as {@link readModelEvents} */
export async function readOldEvents(
  store: RegisterStore,
  model: string,
  connections: readonly string[],
): Promise<readonly ModelEvent[]> {
  const dated: { readonly event: ModelEvent; readonly at: number }[] = [];
  for (const connection of new Set(connections)) {
    let at = 0;
    for (const event of await readFolder(store, oldEventFolder({ connection, model }))) {
      // Clocks of workers differ; the order of one register is certain.
      at = Math.max(at, Date.parse(event.at));
      dated.push({ event, at });
    }
  }
  return dated.toSorted((a, b) => a.at - b.at).map(({ event }) => event);
}

/** The connections that events name, each once, the newest first. */
export function connectionsOf(events: readonly ModelEvent[]): readonly string[] {
  return [...new Set(events.toReversed().map(({ connection }) => connection))];
}

async function readFolder(store: RegisterStore, folder: string): Promise<readonly ModelEvent[]> {
  const names = await store.listNamed(folder);
  const numbers = names.map((name) => name.slice(folder.length)).filter((rest) => /^[1-9]\d*$/.test(rest));
  const sorted = numbers.map(Number).toSorted((a, b) => a - b);
  const events: ModelEvent[] = [];
  for (const number of sorted) {
    const name = `${folder}${number}`;
    const bytes = await store.getNamed(name);
    if (bytes !== null) events.push(parseEvent(bytes, name));
  }
  return events;
}

/**
 * Adds an event under the next free number. If the newest one has the same key it is an earlier try's, and comes back.
 *
 * @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function addModelEvent(
  store: WritableRegisterStore,
  place: RegisterPlace,
  event: Omit<ModelEvent, 'number' | 'schema' | keyof ModelPlace>,
): Promise<ModelEvent> {
  const { connection, model } = place;
  for (;;) {
    const { own, old } = await readBoth(store, place);
    const newest = own.at(-1) ?? old.at(-1);
    if (newest?.key === event.key) return newest;
    const number = (own.at(-1)?.number ?? 0) + 1;
    const whole: ModelEvent = { schema: 'maskloop.model/1', connection, model, number, ...event };
    const bytes = Buffer.from(`${JSON.stringify(whole, null, 2)}\n`);
    if (await store.createNamed(modelEventName(place, number), bytes)) return whole;
  }
}

function parseEvent(bytes: Uint8Array, name: string): ModelEvent {
  const parsed = schema.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${name} is not an entry of the register of models.`, {
    facts: { name, problem: z.prettifyError(parsed.error) },
  });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
