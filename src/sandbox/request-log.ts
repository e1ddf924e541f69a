import { appendFileSync } from 'node:fs';

/** The step of a CVAT upload that a request announces by its `Upload-…` header. */
export type UploadPhase = 'start' | 'multiple' | 'finish';

/** One request that a stand-in has answered. */
export interface LoggedRequest {
  /** ISO time of the answer. */
  readonly at: string;
  readonly server: 'cvat' | 'monai';
  readonly method: string;
  /** Decoded path without the query. */
  readonly path: string;
  /** Undecoded query without `?`; empty if there was none. */
  readonly query: string;
  /** HTTP status of the answer; 0 if the connection was cut without one. */
  readonly status: number;
  readonly uploadPhase?: UploadPhase;
}

export interface RequestFilter {
  readonly server?: 'cvat' | 'monai';
  readonly method?: string;
  /** Matched against the decoded path; `g` and `y` flags do not matter. */
  readonly path?: RegExp;
  readonly status?: number;
  readonly uploadPhase?: UploadPhase;
}

/** Every request to the stand-ins in the order of their answers, to count what a client really did. */
export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  record(entry: LoggedRequest): void;
  count(filter: RequestFilter): number;
}

/**
 * A request log in memory.
 *
 * @param file also appended to as JSON lines, synchronously at each answer, so that another process can count
 */
export function createRequestLog(file?: string): RequestLog {
  const entries: LoggedRequest[] = [];
  return {
    entries,
    record(entry) {
      entries.push(entry);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
    count: (filter) => entries.filter((entry) => matches(entry, filter)).length,
  };
}

/** The decoded path and the raw query of a request target; a path that cannot be decoded stays as it is. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return { path: decodePath(path), query: mark < 0 ? '' : target.slice(mark + 1) };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function matches(entry: LoggedRequest, filter: RequestFilter): boolean {
  return (
    (filter.server === undefined || entry.server === filter.server) &&
    (filter.method === undefined || entry.method === filter.method) &&
    (filter.path === undefined || entry.path.search(filter.path) >= 0) &&
    (filter.status === undefined || entry.status === filter.status) &&
    (filter.uploadPhase === undefined || entry.uploadPhase === filter.uploadPhase)
  );
}
