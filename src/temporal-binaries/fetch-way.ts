import type { Binary } from './binary.ts';

/** A way to fetch a binary into an empty folder; resolves to the path of the program in there. `env` is for programs it starts. */
export interface FetchWay {
  readonly title: (binary: Binary) => string;
  readonly fetch: (binary: Binary, folder: string, env: NodeJS.ProcessEnv) => Promise<string>;
}
