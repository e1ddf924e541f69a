import type { Facts } from '../../contracts/error.ts';

/** What the server says of a login that it does not ask for. */
const OPEN = 'everybody on this machine';

/** Temporal's usual port, where clients look by themselves. */
export const DEFAULT_PORT = 7233;

/** Where `up` serves. */
export interface Served {
  readonly port: number;
  /** Port of Temporal's own web page; null for none. */
  readonly uiPort: number | null;
}

/** What other shells need to find the server; empty where they find it by themselves. */
export function exportLines({ port }: Served): readonly string[] {
  return port === DEFAULT_PORT ? [] : [`export TEMPORAL_ADDRESS=127.0.0.1:${port}`];
}

/** What is said of the server beside what the worker says. */
export function servedFacts({ uiPort }: Served): { readonly ui?: string } {
  return uiPort === null ? {} : { ui: `http://127.0.0.1:${uiPort}` };
}

/** Where a browser finds the pages, and who may. */
export function pagesLine({ server, access }: Facts): string {
  const login = access === OPEN ? 'nobody on this machine needs a login' : `log in with ${word(access)}`;
  return `Open ${word(server)} in a browser; ${login}.`;
}

function word(fact: Facts[string] | undefined): string {
  return typeof fact === 'string' ? fact : JSON.stringify(fact);
}
