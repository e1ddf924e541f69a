import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import {
  decodePart,
  MODEL_EVENTS,
  modelEventName,
  type ModelEvent,
  type ModelPlace,
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
 * All that happened to a model, oldest first; empty for one that the register does not know.
 *
 * @throws MaskloopError `ArtifactCorrupt` for a document that is no entry, `StoreUnreachable`
 */
export async function readModelEvents(store: RegisterStore, place: ModelPlace): Promise<readonly ModelEvent[]> {
  const folder = modelEventName(place, '');
  const names = await store.listNamed(folder);
  const numbers = names.map((name) => name.slice(folder.length)).filter((rest) => /^[1-9]\d*$/.test(rest));
  const sorted = numbers.map(Number).toSorted((a, b) => a - b);
  const events: ModelEvent[] = [];
  for (const number of sorted) {
    const name = modelEventName(place, number);
    const bytes = await store.getNamed(name);
    if (bytes !== null) events.push(parseEvent(bytes, name));
  }
  return events;
}

/** The models that the register knows, of one connection or of all, by name. */
export async function knownModels(store: RegisterStore, connection: string | null): Promise<readonly ModelPlace[]> {
  const names = await store.listNamed('models/');
  const places = new Map<string, ModelPlace>();
  for (const name of names) {
    const [, first = '', second = ''] = name.split('/');
    places.set(`${first}/${second}`, { connection: decodePart(first), model: decodePart(second) });
  }
  return [...places.values()].filter((place) => connection === null || place.connection === connection);
}

/**
 * Adds an event under the next free number. If the newest one has the same key it is an earlier try's, and comes back.
 *
 * @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function addModelEvent(
  store: WritableRegisterStore,
  event: Omit<ModelEvent, 'number' | 'schema'>,
): Promise<ModelEvent> {
  for (;;) {
    const events = await readModelEvents(store, event);
    const newest = events.at(-1);
    if (newest?.key === event.key) return newest;
    const number = (newest?.number ?? 0) + 1;
    const whole: ModelEvent = { schema: 'maskloop.model/1', number, ...event };
    const bytes = Buffer.from(`${JSON.stringify(whole, null, 2)}\n`);
    if (await store.createNamed(modelEventName(event, number), bytes)) return whole;
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
