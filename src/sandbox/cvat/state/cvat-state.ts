import type {
  AccessToken,
  BackgroundRequest,
  Comment,
  Issue,
  Job,
  Label,
  Organization,
  Project,
  Task,
  Upload,
  User,
} from './entities.ts';
import type { ChangeListener } from './changes.ts';
import { createRandom, type Random } from './random.ts';
import type { CvatVersion } from './version.ts';
import type { Delivery, Invitation, Membership, Session, Webhook } from './webhook-entities.ts';

type Kind =
  | 'user'
  | 'token'
  | 'organization'
  | 'membership'
  | 'webhook'
  | 'delivery'
  | 'project'
  | 'label'
  | 'attribute'
  | 'task'
  | 'data'
  | 'job'
  | 'issue'
  | 'comment'
  | 'shape'
  | 'tag'
  | 'track'
  | 'trackShape';

/** What must be kept beside the maps so that ids, times and chance go on after a restart. */
export interface StateMarks {
  readonly counters: Readonly<Record<string, number>>;
  /** Microseconds since 1970 of the latest stamp. */
  readonly lastMicros: number;
  readonly random: number;
}

/** Everything a stand-in CVAT holds, in memory. The other files of this folder are the functions over it. */
export interface CvatState {
  readonly version: CvatVersion;
  readonly users: Map<number, User>;
  readonly tokens: Map<number, AccessToken>;
  readonly organizations: Map<number, Organization>;
  readonly projects: Map<number, Project>;
  readonly labels: Map<number, Label>;
  readonly tasks: Map<number, Task>;
  readonly jobs: Map<number, Job>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  /** By request id, which a later request for the same thing takes over. */
  readonly requests: Map<string, BackgroundRequest>;
  /** TUS uploads by their file id. */
  readonly uploads: Map<string, Upload>;
  /** Files of the folder that the operator shares with CVAT, by their path in it. */
  readonly share: Map<string, Buffer>;
  readonly memberships: Map<number, Membership>;
  readonly invitations: Map<string, Invitation>;
  readonly webhooks: Map<number, Webhook>;
  readonly deliveries: Map<number, Delivery>;
  readonly sessions: Map<string, Session>;
  /** Times of requests without credentials, by address; milliseconds since 1970, oldest first. */
  readonly anonymous: Map<string, number[]>;
  readonly anonymousPerMinute: number;
  /** How likely a look at a request meets it half written, when its state has just changed; 0 to 1. */
  requestRaces: number;
  readonly listeners: Set<ChangeListener>;
  readonly random: Random;
  nextId(kind: Kind): number;
  /** The time now, as CVAT writes it; no two stamps are equal. */
  stamp(): string;
  /** Milliseconds since 1970. */
  now(): number;
  marks(): StateMarks;
  /** Goes on from the marks of an earlier state. */
  resume(marks: StateMarks): void;
}

/** An empty CVAT. Keys and file ids follow from the seed; times from the clock. */
export function createState(options: {
  seed: number;
  clock: () => number;
  version?: CvatVersion;
  anonymousPerMinute?: number;
  requestRaces?: number;
}): CvatState {
  const counters = new Map<string, number>();
  const random = createRandom(options.seed);
  let lastMicros = 0;
  return {
    version: options.version ?? '2.73.0',
    requestRaces: options.requestRaces ?? 0,
    users: new Map(),
    tokens: new Map(),
    organizations: new Map(),
    projects: new Map(),
    labels: new Map(),
    tasks: new Map(),
    jobs: new Map(),
    issues: new Map(),
    comments: new Map(),
    requests: new Map(),
    uploads: new Map(),
    share: new Map(),
    memberships: new Map(),
    invitations: new Map(),
    webhooks: new Map(),
    deliveries: new Map(),
    sessions: new Map(),
    anonymous: new Map(),
    anonymousPerMinute: options.anonymousPerMinute ?? 100,
    listeners: new Set(),
    random,
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
    marks: () => ({ counters: Object.fromEntries(counters), lastMicros, random: random.position() }),
    resume(marks) {
      for (const [kind, count] of Object.entries(marks.counters)) counters.set(kind, count);
      lastMicros = marks.lastMicros;
      random.resume(marks.random);
    },
  };
}

function microsToIso(micros: number): string {
  const milliseconds = Math.floor(micros / 1000);
  const rest = String(Math.floor(micros % 1000)).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}
