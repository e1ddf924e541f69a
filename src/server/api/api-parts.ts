import type { Finding } from '../../contracts/doctor.ts';
import type { IterationIndex } from '../../operations/lists/iteration-index.ts';
import type { LabelsOfTask } from '../../operations/looks/labels-of-task.ts';
import type { OfferedFolders } from '../../operations/looks/offered-folders.ts';
import type { Looks } from '../../operations/looks/looks.ts';
import type { PeopleRegister } from '../../operations/people/people-register.ts';
import type { Operations } from '../../operations/operations.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Access } from '../access/authenticate.ts';
import type { EventHub } from '../events/event-hub.ts';
import type { ServerLog } from '../log.ts';

/** Findings about one thing. */
export interface FindingGroup {
  readonly title: string;
  readonly findings: readonly Finding[];
  /** Everybody, or who sees all of these connections; absent for those who see all that there are. */
  readonly shownTo?: 'everybody' | readonly string[];
}

export interface InspectionWanted {
  /** Null for all. */
  readonly connections: readonly string[] | null;
  readonly project: string | null;
  readonly fix: boolean;
}

/** What the API is made of. */
export interface ApiParts {
  readonly operations: Operations;
  readonly index: IterationIndex;
  readonly looks: Looks;
  readonly labelsOfTask: LabelsOfTask;
  readonly people: PeopleRegister;
  readonly store: ArtifactStore;
  readonly events: EventHub;
  readonly inspect: (wanted: InspectionWanted) => Promise<readonly FindingGroup[]>;
  readonly access: Access;
  readonly log: ServerLog;
  /** Of the package. */
  readonly version: string;
  /** Where people reach the server; null where that is not set. */
  readonly publicUrl: string | null;
  /** Absolute folders of the workers' machine that a start may name. */
  readonly roots: readonly string[];
  /** Names of the connections as this machine has them; null, or left out, where only the workers know. */
  readonly connectionNames?: () => readonly string[] | null;
  /** What a worker sees below them. */
  readonly folders: OfferedFolders;
  /** Time between two signs of life of a stream, in milliseconds; 15,000 if left out. */
  readonly heartbeatMs?: number;
  /** True in tests. */
  readonly checksAnswers?: boolean;
}
