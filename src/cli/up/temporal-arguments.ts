import path from 'node:path';

export interface TemporalServerOptions {
  /** Holds the database. */
  readonly stateFolder: string;
  readonly port: number;
  readonly namespace: string;
  /** Port of Temporal's own web page; null for none. */
  readonly uiPort: number | null;
}

/** The file that holds all iterations. */
export function databaseFile(stateFolder: string): string {
  return path.join(stateFolder, 'temporal.db');
}

/**
 * Arguments of `temporal server start-dev` for a server that keeps everything. The write-ahead log with one
 * synchronisation a checkpoint halves the time of a start; a power cut loses no transaction that a checkpoint holds
 * and never leaves a damaged file.
 */
export function temporalArguments({ stateFolder, port, namespace, uiPort }: TemporalServerOptions): readonly string[] {
  const namespaceWords = namespace === 'default' ? [] : ['--namespace', namespace];
  const pageWords = uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)];
  const words = `server start-dev --ip 127.0.0.1 --port ${port} --log-level warn`.split(' ');
  const pragmas = '--sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=1'.split(' ');
  return [...words, '--db-filename', databaseFile(stateFolder), ...pragmas, ...namespaceWords, ...pageWords];
}
