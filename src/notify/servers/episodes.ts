import { z } from 'zod';
import { documentBytes, readNamed, type OutboxStore } from '../outbox/documents.ts';

/** A server of a connection. */
export interface Server {
  readonly connection: string;
  readonly name: 'CVAT' | 'MONAI Label' | 'trainer';
}

/** A time in which a server was away, by its number; ISO times. */
export interface Episode {
  readonly number: number;
  readonly since: string;
  /** Null while it lasts. */
  readonly until: string | null;
}

const away = z.object({ since: z.string() });
const back = z.object({ until: z.string() });

const DIGITS = 8;

/** Whoever fails so soon after a server has come back met the outage that is over; in milliseconds. */
const STRAGGLER_MS = 120_000;

const PREFIX = 'notices/servers/';
const BACK = '-back';

/** Part of the names of all documents about a server; ends with a slash. */
export function folderOf({ connection, name }: Server): string {
  // The marks that the encoding of an address leaves as they are name no document.
  const encoded = encodeURIComponent(connection).replaceAll(
    /[!'()*.]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${encoded}/${name.replaceAll(' ', '-')}/`;
}

function nameOf(server: Server, number: number): string {
  return PREFIX + folderOf(server) + String(number).padStart(DIGITS, '0');
}

/** The newest time in which a server was away; null if it never was. */
export async function newestEpisode(store: OutboxStore, server: Server): Promise<Episode | null> {
  const names = await store.listNamed(PREFIX + folderOf(server));
  const number = names.filter((name) => !name.endsWith(BACK)).length;
  if (number === 0) return null;
  const begun = await readNamed(store, nameOf(server, number), away);
  const ended = await readNamed(store, nameOf(server, number) + BACK, back);
  return begun === null ? null : { number, since: begun.since, until: ended?.until ?? null };
}

/**
 * A server is away: the time that lasts already, or a new one. Whoever begins it, all agree on its number. Null for somebody
 * who still meets one that is over.
 *
 * @param at ISO time at which it was met
 */
export async function beginEpisode(
  store: OutboxStore,
  server: Server,
  { since, at }: { readonly since: string; readonly at: string },
): Promise<Episode | null> {
  const known = await newestEpisode(store, server);
  if (known !== null && known.until === null) return known;
  if (known?.until != null && Date.parse(at) - Date.parse(known.until) < STRAGGLER_MS) return null;
  const number = (known?.number ?? 0) + 1;
  await store.createNamed(nameOf(server, number), documentBytes({ since }));
  return newestEpisode(store, server);
}

/** A server answers: ends the time in which it was away, if there is one. Returns that time, for the first who notes it and for all others. */
export async function endEpisode(store: OutboxStore, server: Server, at: string): Promise<Episode | null> {
  const known = await newestEpisode(store, server);
  if (known === null || known.until !== null) return null;
  await store.createNamed(nameOf(server, known.number) + BACK, documentBytes({ until: at }));
  return newestEpisode(store, server);
}

/** The servers that are away, with their connection. */
export async function serversAway(store: OutboxStore): Promise<readonly (Server & { readonly since: string })[]> {
  const folders = new Set((await store.listNamed(PREFIX)).map((name) => name.slice(0, name.lastIndexOf('/') + 1)));
  const found: (Server & { since: string })[] = [];
  for (const folder of folders) {
    const [connection = '', name = ''] = folder.slice(PREFIX.length).split('/');
    const server = serverOf(decodeURIComponent(connection), name);
    const newest = server === null ? null : await newestEpisode(store, server);
    if (server !== null && newest?.until === null) found.push({ ...server, since: newest.since });
  }
  return found;
}

function serverOf(connection: string, folder: string): Server | null {
  const name = (['CVAT', 'MONAI Label', 'trainer'] as const).find((known) => known.replaceAll(' ', '-') === folder);
  return name === undefined ? null : { connection, name };
}
