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
