import type {
  AccessToken,
  BackgroundRequest,
  Job,
  Label,
  Organization,
  Project,
  Task,
  Upload,
  User,
} from './entities.ts';
import { createRandom, type Random } from './random.ts';

type Kind =
  | 'user'
  | 'token'
  | 'organization'
  | 'project'
  | 'label'
  | 'attribute'
  | 'task'
  | 'data'
  | 'job'
  | 'shape'
  | 'tag'
  | 'track'
  | 'trackShape';

/** Everything a stand-in CVAT holds, in memory. The other files of this folder are the functions over it. */
export interface CvatState {
  readonly users: Map<number, User>;
  readonly tokens: Map<number, AccessToken>;
  readonly organizations: Map<number, Organization>;
  readonly projects: Map<number, Project>;
  readonly labels: Map<number, Label>;
  readonly tasks: Map<number, Task>;
  readonly jobs: Map<number, Job>;
  /** By request id, which a later request for the same thing takes over. */
  readonly requests: Map<string, BackgroundRequest>;
  /** TUS uploads by their file id. */
  readonly uploads: Map<string, Upload>;
  readonly random: Random;
  nextId(kind: Kind): number;
  /** The time now, as CVAT writes it; no two stamps are equal. */
  stamp(): string;
  /** Milliseconds since 1970. */
  now(): number;
}

/** An empty CVAT. Keys and file ids follow from the seed; times from the clock. */
export function createState(options: { seed: number; clock: () => number }): CvatState {
  const counters = new Map<Kind, number>();
  let lastMicros = 0;
  return {
    users: new Map(),
    tokens: new Map(),
    organizations: new Map(),
    projects: new Map(),
    labels: new Map(),
    tasks: new Map(),
    jobs: new Map(),
    requests: new Map(),
    uploads: new Map(),
    random: createRandom(options.seed),
    nextId(kind) {
      const id = (counters.get(kind) ?? 0) + 1;
      counters.set(kind, id);
      return id;
    },
    stamp() {
      lastMicros = Math.max(lastMicros + 1, options.clock() * 1000);
      return microsToIso(lastMicros);
    },
    now: options.clock,
  };
}

function microsToIso(micros: number): string {
  const milliseconds = Math.floor(micros / 1000);
  const rest = String(Math.floor(micros % 1000)).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}
