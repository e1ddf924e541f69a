import type { Hold } from '../contracts/hold.ts';
import { endHold, listHolds, writeHold, type HoldPlace } from '../holds/holds.ts';
import { listOpen, listSettled, listTroubled, markSeen, type MessageRow } from '../notify/outbox/list-messages.ts';
import { writeSnooze, type Snooze } from '../notify/people/snooze.ts';
import { addNote, readNotes, type Note } from '../receipts/notes.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** Documents that people read and write beside iterations; they need the store alone. */
export interface StoreDocuments {
  /** Messages to people. */
  listNotices(which: 'troubled' | 'open' | 'settled'): Promise<readonly MessageRow[]>;
  /** Stops showing messages that perhaps, or certainly, did not arrive. */
  markNoticesSeen(keys: readonly string[]): Promise<void>;
  /** Nobody is reminded of an iteration until then. */
  snooze(id: string, snooze: Snooze): Promise<void>;
  /** What people have written down about an iteration. */
  listNotes(id: string): Promise<readonly Note[]>;
  addNote(note: Pick<Note, 'id' | 'by' | 'at' | 'text'>): Promise<Note>;
  /** Servers that are held for maintenance now. */
  listHolds(): Promise<readonly Hold[]>;
  /** Holds a server. */
  hold(hold: Omit<Hold, 'schema'>): Promise<void>;
  /** Ends a hold; false if there was none. */
  endHold(place: HoldPlace): Promise<boolean>;
}

const LISTS = { troubled: listTroubled, open: listOpen, settled: listSettled };

/** Those of a store. */
export function storeDocuments(store: ArtifactStore): StoreDocuments {
  return {
    listNotices: (which) => LISTS[which](store),
    markNoticesSeen: (keys) => markSeen(store, keys),
    snooze: (id, snooze) => writeSnooze(store, id, snooze),
    listNotes: (id) => readNotes(store, id),
    addNote: (note) => addNote(store, note),
    listHolds: () => listHolds(store, Date.now()),
    hold: (hold) => writeHold(store, hold),
    endHold: (place) => endHold(store, place, Date.now()),
  };
}
