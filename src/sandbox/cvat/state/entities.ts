import type { Shape, Tag, Track } from './shapes.ts';

/** What the stand-in remembers. Times are CVAT's ISO texts with microseconds; ids count from 1 per kind. */

export interface User {
  readonly id: number;
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly isAdmin: boolean;
  readonly joined: string;
  lastLogin: string | null;
  /** Login key; null after a logout, until the next login makes another. */
  key: string | null;
}

export interface AccessToken {
  readonly id: number;
  readonly userId: number;
  readonly name: string;
  readonly value: string;
  readonly readOnly: boolean;
  readonly expiry: string | null;
  readonly created: string;
  readonly updated: string;
  lastUsed: string | null;
}

export type Role = 'owner' | 'maintainer' | 'supervisor' | 'worker';

export interface Organization {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly ownerId: number;
  readonly created: string;
  readonly updated: string;
  /** Role by user id. */
  readonly members: Map<number, Role>;
}

export interface Project {
  readonly id: number;
  readonly ownerId: number;
  readonly organizationId: number | null;
  readonly created: string;
  name: string;
  bugTracker: string;
  assigneeId: number | null;
  assigneeUpdated: string | null;
  updated: string;
}

export interface AttributeSpec {
  readonly id: number;
  readonly name: string;
  readonly mutable: boolean;
  readonly inputType: string;
  readonly defaultValue: string;
  readonly values: readonly string[];
}

/** A label belongs to a project, or to a task that has no project. */
export interface Label {
  readonly id: number;
  readonly projectId: number | null;
  readonly taskId: number | null;
  readonly type: string;
  readonly attributes: readonly AttributeSpec[];
  name: string;
  color: string;
}

export interface Frame {
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** The frames of a task once CVAT has made them from the uploaded files. */
export interface TaskData {
  readonly id: number;
  readonly frames: readonly Frame[];
  readonly imageQuality: number;
  readonly chunksUpdated: string;
  /** Frame numbers, ascending. */
  deletedFrames: number[];
}

export type TaskStatus = 'annotation' | 'validation' | 'completed';

export interface Task {
  readonly id: number;
  readonly projectId: number | null;
  readonly ownerId: number;
  readonly organizationId: number | null;
  readonly created: string;
  name: string;
  bugTracker: string;
  subset: string;
  assigneeId: number | null;
  assigneeUpdated: string | null;
  updated: string;
  status: TaskStatus;
  /** Frames a job; 0 until data came if none was asked for. */
  segmentSize: number;
  overlap: number | null;
  /** Uploaded files by name that no creation request has used yet. */
  readonly files: Map<string, Buffer>;
  data: TaskData | null;
}

export const JOB_STAGES = ['annotation', 'validation', 'acceptance'] as const;
export const JOB_STATES = ['new', 'in progress', 'completed', 'rejected'] as const;
export type JobStage = (typeof JOB_STAGES)[number];
export type JobState = (typeof JOB_STATES)[number];

export interface Job {
  readonly id: number;
  readonly taskId: number;
  readonly startFrame: number;
  /** Inclusive. */
  readonly stopFrame: number;
  readonly created: string;
  stage: JobStage;
  state: JobState;
  assigneeId: number | null;
  assigneeUpdated: string | null;
  updated: string;
  shapes: Shape[];
  tags: Tag[];
  tracks: Track[];
}

export type RequestType = 'create:task' | 'import:annotations';

/** A piece of work that CVAT does in the background. */
export interface BackgroundRequest {
  readonly id: string;
  readonly type: RequestType;
  readonly userId: number;
  readonly target: 'task' | 'job';
  readonly taskId: number;
  readonly jobId: number | null;
  readonly projectId: number | null;
  readonly organizationId: number | null;
  readonly created: string;
  status: 'queued' | 'started' | 'finished' | 'failed';
  /** Empty, or `{Python class}: {text}\n`. */
  message: string;
  started: string | null;
  finished: string | null;
  expiry: string | null;
}

/** A file that arrives in pieces by TUS. It can be used by one import. */
export interface Upload {
  /** `{user id}_{uuid}`: the name by which the import is asked for. */
  readonly id: string;
  readonly userId: number;
  /** Path of the resource it was made under, such as `/api/tasks/1/annotations`. */
  readonly owner: string;
  /** Name that the client gave the file. */
  readonly fileName: string;
  /** Zeros where nothing arrived yet. */
  readonly content: Buffer;
  /** Bytes that arrived. */
  offset: number;
}
