/** What `doctor` finds out, here and in a worker, whose credentials nobody else has. */

/** The registered name of the workflow that asks a worker; never changed. */
export const DOCTOR_WORKFLOW = 'doctorWorkflow';

/**
 * `unknown`: cannot be found out by looking, which is neither good nor bad. `warning`: works, but may not for long or not as expected.
 * `problem`: an iteration would not get through.
 */
export const LEVELS = ['ok', 'unknown', 'warning', 'problem'] as const;
export type Level = (typeof LEVELS)[number];

/** Projects that are looked at together: what is found of them has to fit into one answer. */
export const MAX_PROJECTS = 4;

/** One thing that was looked at. */
export interface Finding {
  readonly level: Level;
  /** What was found, with the name of what it is about. */
  readonly message: string;
  /** What to do about it; null where nothing is to be done. */
  readonly action: string | null;
  /** Of the catalogue, where a failure of it was found. */
  readonly code?: string;
}

/** What a worker is asked. */
export interface DoctorRequest {
  /** The connection whose servers are looked at; null for none. */
  readonly connection: string | null;
  /** Projects to look for in CVAT, at most {@link MAX_PROJECTS}. */
  readonly projects: readonly string[];
  /** What the one who asks has written into the store, by {@link storeProbeName}; null for no look at the store. */
  readonly storeProbe: string | null;
}

/** One server of a connection. */
export interface ServerFindings {
  readonly connection: string;
  readonly server: 'CVAT' | 'MONAI Label';
  readonly findings: readonly Finding[];
}

/** What a worker answers, in less than 16 kB. */
export interface WorkerInspection {
  readonly version: string;
  /** Digest of the workflow bundle, or `sources`. */
  readonly bundle: string;
  /** `host, process 17`. */
  readonly place: string;
  /** Names of all connections of the worker. */
  readonly connections: readonly string[];
  readonly storeAddress: string;
  readonly store: readonly Finding[];
  readonly servers: readonly ServerFindings[];
}

/** The one activity of the workflow. */
export interface DoctorActivities {
  /** Looks at the store and at the servers of the worker's connections; writes nothing but its own document of {@link storeProbeName}. */
  inspectWorker(request: DoctorRequest): Promise<WorkerInspection>;
}

/**
 * Name of a document of the store by which both sides see whether they share it; each inspection has its own, so that two of
 * them at once do not disturb each other.
 */
export function storeProbeName(side: 'here' | 'worker', probe: string): string {
  return `doctor/${side}/${probe}.json`;
}
