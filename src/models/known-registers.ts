import { decodePart, type ModelEvent } from '../contracts/model-register.ts';
import { connectionsOf, readOldEvents, readOwnEvents, type RegisterStore } from './model-register.ts';

/** The register of one model of one trainer. */
export interface ModelRegister {
  /** What the trainer is called in names of the store; null for a register that was kept by connection. */
  readonly trainer: string | null;
  readonly model: string;
  /** Those that have led to the trainer, the newest first. */
  readonly connections: readonly string[];
  /** Oldest first. */
  readonly events: readonly ModelEvent[];
}

/**
 * The registers of a store, of those that a connection has led to or of all. One that was kept by connection belongs to the
 * trainer that the same connection has led to since.
 *
 * @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function knownRegisters(
  store: RegisterStore,
  connection: string | null,
): Promise<readonly ModelRegister[]> {
  const registers: ModelRegister[] = [];
  for (const [trainer, model] of await foldersIn(store, 'registers/')) {
    const own = await readOwnEvents(store, { trainer, model });
    const connections = connectionsOf(own);
    registers.push({
      trainer,
      model,
      connections,
      events: [...(await readOldEvents(store, model, connections)), ...own],
    });
  }
  for (const [only, model] of await foldersIn(store, 'models/')) {
    if (registers.some((one) => one.model === model && one.connections.includes(only))) continue;
    registers.push({ trainer: null, model, connections: [only], events: await readOldEvents(store, model, [only]) });
  }
  return registers.filter(({ connections }) => connection === null || connections.includes(connection));
}

/** The two parts after the prefix that names share, each pair once. */
async function foldersIn(store: RegisterStore, prefix: string): Promise<readonly (readonly [string, string])[]> {
  const names = await store.listNamed(prefix);
  const folders = new Set(names.map((name) => name.split('/').slice(1, 3).join('/')));
  return [...folders].map((folder) => {
    const [first = '', second = ''] = folder.split('/').map(decodePart);
    return [first, second];
  });
}
