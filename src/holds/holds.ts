import type { HeldServer, Hold } from '../contracts/hold.ts';
import { holdName } from '../contracts/ids.ts';
import { jsonOf } from '../storage/json-of.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { holdSchema } from './hold-schema.ts';

/** Which server of which connection. */
export interface HoldPlace {
  readonly connection: string;
  readonly server: HeldServer;
}

type HoldStore = Pick<ArtifactStore, 'getNamed' | 'listNamed' | 'putNamed' | 'removeNamed'>;

/** The hold of a server; null where there is none, or its time has passed. @param nowMs since 1970. @throws MaskloopError `StoreUnreachable` */
export async function readHold(
  store: Pick<HoldStore, 'getNamed'>,
  { connection, server }: HoldPlace,
  nowMs: number,
): Promise<Hold | null> {
  return readNamed(store, holdName(connection, server), nowMs);
}

/** All holds that count now, by connection. @param nowMs since 1970. @throws MaskloopError `StoreUnreachable` */
export async function listHolds(
  store: Pick<HoldStore, 'getNamed' | 'listNamed'>,
  nowMs: number,
): Promise<readonly Hold[]> {
  const found = await Promise.all(
    (await store.listNamed(holdName(null, null))).map((name) => readNamed(store, name, nowMs)),
  );
  return found.filter((hold) => hold !== null);
}

/** Holds a server; a later hold takes the place of an earlier one. @throws MaskloopError `StoreUnreachable` */
export async function writeHold(store: Pick<HoldStore, 'putNamed'>, hold: Omit<Hold, 'schema'>): Promise<void> {
  const document: Hold = { schema: 'maskloop.hold/1', ...hold };
  await store.putNamed(holdName(hold.connection, hold.server), Buffer.from(`${JSON.stringify(document, null, 2)}\n`));
}

/** Ends a hold; false if there was none. @throws MaskloopError `StoreUnreachable` */
export async function endHold(
  store: Pick<HoldStore, 'getNamed' | 'removeNamed'>,
  { connection, server }: HoldPlace,
  nowMs: number,
): Promise<boolean> {
  const held = await readHold(store, { connection, server }, nowMs);
  await store.removeNamed(holdName(connection, server));
  return held !== null;
}

async function readNamed(store: Pick<HoldStore, 'getNamed'>, name: string, nowMs: number): Promise<Hold | null> {
  const bytes = await store.getNamed(name);
  const { data } = holdSchema.safeParse(bytes === null ? null : jsonOf(bytes));
  return data !== undefined && Date.parse(data.until) > nowMs ? data : null;
}
