import type { Exchange } from './exchange.ts';
import type { IdMap, IdPattern } from './id-map.ts';

/** Something that recorded requests are played to. */
export interface Stage {
  readonly url: string;
  /** Texts of answers that stand for places of this run, such as addresses, and what recordings call them. */
  readonly names: readonly (readonly [actual: string, recorded: string])[];
  /** Headers that a request needs beside the recorded ones. */
  headers(exchange: Exchange): Readonly<Record<string, string>>;
  /** Called before an exchange is played: brings the server to the state that the recording shows next. */
  before(exchange: Exchange, later: readonly Exchange[], ids: IdMap): Promise<void> | void;
  /** Called with each answer that came. */
  after(exchange: Exchange, later: readonly Exchange[], ids: IdMap): Promise<void> | void;
  close(): Promise<void>;
}

/** Why a case is not compared. */
export interface Exception {
  readonly cases: RegExp;
  /** Only exchanges of these cases whose `METHOD /path` fits; all of them if left out. */
  readonly requests?: RegExp;
  readonly reason: string;
}

/** What the replay must know of a server. */
export interface ServerKind {
  /** The fixture in `test/fixtures/recordings`. */
  readonly recording: string;
  start(exchanges: readonly Exchange[]): Promise<Stage>;
  /** Ids in texts. Of overlapping finds the earlier pattern's counts. */
  readonly idPatterns: readonly IdPattern[];
  /** The kind of thing whose id a number or a text in JSON is; undefined if it is none. */
  idKind(place: Place): string | undefined;
  /** An id that nothing has, in the form of its kind; for a recorded one that no answer has shown. */
  inventId(kind: string, recorded: string): string;
  /** True where values differ from run to run without meaning, such as durations. */
  isLoose(place: Place): boolean;
  /** What to sort the items of a list by before they are compared, where their order means nothing; else undefined. */
  sortKey(keys: Place['keys'], item: unknown): string | undefined;
  /** How long a state may take that the recording waited for, in milliseconds. */
  readonly patienceMs: number;
  readonly exceptions: readonly Exception[];
}

/** Where in a body a value stands. */
export interface Place {
  /** Of the request, without the query. */
  readonly path: string;
  readonly side: 'request' | 'answer';
  /** Names and indices from the root of the body. */
  readonly keys: readonly (string | number)[];
  /** The object that holds the value. */
  readonly parent: unknown;
  readonly value: unknown;
}
