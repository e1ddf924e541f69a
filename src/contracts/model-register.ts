import type { ArtifactRef } from './refs.ts';

/**
 * What happened to a model.
 *
 * - `found`: somebody else has published it: before maskloop first looked, or over a training of ours that its server lost.
 * - `taken`: somebody else had published it over another one, and a person took it as it is.
 * - `training`: a training goes on from it.
 * - `trained`: a training has published it; nothing is decided.
 * - `promoted`: it is published, by the gate, by an approval or by hand.
 * - `waits`: a person is asked; the one before is published meanwhile.
 * - `put back`, `declined`: the gate or a person did not want it; the one before is published.
 * - `undecided`: its iteration ended without a decision; the one before is published.
 * - `kept`: a training from it has left nothing behind.
 * - `left`: nobody wants it, but there was none before that could be put back.
 * - `rolled back`: it is published again, by hand.
 */
export const MODEL_EVENTS = [
  'found',
  'taken',
  'training',
  'trained',
  'promoted',
  'waits',
  'put back',
  'declined',
  'undecided',
  'kept',
  'left',
  'rolled back',
] as const;
export type ModelEventName = (typeof MODEL_EVENTS)[number];

/** A model, and the connection by which its trainer is reached. */
export interface ModelPlace {
  readonly connection: string;
  readonly model: string;
}

/** The trainer that has a model. Two connections may lead to one. */
export interface ModelTrainer {
  readonly kind: string;
  readonly address: string;
}

/** Where the register of a model is: it is one, whatever connections lead to its trainer. */
export interface RegisterPlace extends ModelPlace {
  /** What the trainer is called in names of the store. */
  readonly trainer: string;
}

/** How good a model was on the held-out frames of its iteration. */
export interface ModelMetrics {
  readonly frames: number;
  /** Mean Dice of the model, and of the one before; null where it is not known. */
  readonly dice: number | null;
  readonly before: number | null;
  /** Of the first 20 classes; null for one that is nowhere. */
  readonly classes: Readonly<Record<string, number | null>>;
}

/** One entry of the register, which is never changed; the newest one says which model should be published. */
export interface ModelEvent extends ModelPlace {
  readonly schema: 'maskloop.model/1';
  /** Counts from 1. */
  readonly number: number;
  /** Absent in entries that were kept by connection. */
  readonly trainer?: ModelTrainer;
  readonly event: ModelEventName;
  /** The model that it is about. */
  readonly checksum: string;
  /** Its bytes in the store. */
  readonly file: ArtifactRef;
  /** Checksum of the model that should be published after this. */
  readonly current: string;
  /** Id of the iteration; null where it was done by hand. */
  readonly iteration: string | null;
  readonly metrics: ModelMetrics | null;
  readonly reasons: readonly string[];
  /** Who decided; null where nobody did. */
  readonly by: string | null;
  /** ISO time. */
  readonly at: string;
  /** Tells a further try from a further event. */
  readonly key: string;
}

/** Where the register keeps an event; the folder of a model's events for an empty number. */
export function modelEventName({ trainer, model }: Omit<RegisterPlace, 'connection'>, number: number | string): string {
  return `registers/${encodePart(trainer)}/${encodePart(model)}/${number}`;
}

/** The folder of events that were kept by connection; nothing is written there any more. */
export function oldEventFolder({ connection, model }: ModelPlace): string {
  return `models/${encodePart(connection)}/${encodePart(model)}/`;
}

/** Where the store keeps what a model predicts for an image, both by their SHA-256. */
export function predictionName(
  { trainer, model }: Omit<RegisterPlace, 'connection'>,
  checksum: string,
  image: string,
): string {
  return `predictions/${encodePart(trainer)}/${encodePart(model)}/${checksum.replace('SHA256:', '')}/${image}`;
}

/** Letters, digits, `-` and `_` stay; everything else becomes `%` and its UTF-8 bytes in hex. */
function encodePart(name: string): string {
  return encodeURIComponent(name).replace(
    /[!'()*~.]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The name that a part of a name in the register stands for. */
export function decodePart(part: string): string {
  return decodeURIComponent(part);
}

/** Checksum of the model that should be published; null for an empty register. @param events oldest first */
export function currentModel(events: readonly ModelEvent[]): string | null {
  return events.at(-1)?.current ?? null;
}

/** The bytes of a model that the register knows; null for one that it does not. */
export function fileOfModel(events: readonly ModelEvent[], checksum: string): ArtifactRef | null {
  return events.findLast((event) => event.checksum === checksum)?.file ?? null;
}

/**
 * The model to go back to: where another one is published than should be, the one that should be; else the one that was
 * before it. Null if there is none.
 *
 * @param events oldest first
 */
export function previousModel(events: readonly ModelEvent[], published: string | null): string | null {
  const current = currentModel(events);
  if (current !== published) return current;
  return events.findLast((event) => event.current !== current)?.current ?? null;
}
