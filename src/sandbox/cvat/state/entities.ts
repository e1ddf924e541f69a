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
  readonly value: string;
  readonly created: string;
  name: string;
  readOnly: boolean;
  expiry: string | null;
  updated: string;
  lastUsed: string | null;
}

export type Role = 'owner' | 'maintainer' | 'supervisor' | 'worker';

export interface Organization {
  readonly id: number;
  readonly slug: string;
  readonly ownerId: number;
  readonly created: string;
  name: string;
  description: string;
  updated: string;
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
  /** Set on a copy of a validation frame that is hidden among a job's own frames. */
  readonly isHoneypot?: boolean;
}

/** What a task of one video file says of it; its frames are numbered in the file, those of the task from 0. */
export interface VideoSource {
  readonly name: string;
  readonly bytes: Buffer;
  /** Number in the file of the task's first frame. */
  readonly start: number;
  readonly step: number;
}

/** The frames of a task once CVAT has made them from the uploaded files. */
export interface TaskData {
  readonly id: number;
  readonly frames: readonly Frame[];
  /** Null for a task of images. */
  readonly video: VideoSource | null;
  readonly imageQuality: number;
  /** That of the last job. */
  chunksUpdated: string;
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
  /** Further jobs a segment that annotate the same frames independently. */
  readonly consensusReplicas: number;
  /** How ground truth is kept: in a job over the task's own frames, or in a pool that honeypots are copied from. */
  validationMode: 'gt' | 'gt_pool' | null;
  /** Uploaded files by name that no creation request has used yet. */
  readonly files: Map<string, Buffer>;
  /** Id that its data has, or will have: CVAT gives it to the first upload. */
  dataId: number | null;
  data: TaskData | null;
}

export const JOB_STAGES = ['annotation', 'validation', 'acceptance'] as const;
export const JOB_STATES = ['new', 'in progress', 'completed', 'rejected'] as const;
export type JobStage = (typeof JOB_STAGES)[number];
export type JobState = (typeof JOB_STATES)[number];
export type JobType = 'annotation' | 'ground_truth' | 'consensus_replica';

export interface Job {
  readonly id: number;
  readonly taskId: number;
  readonly startFrame: number;
  /** Inclusive. */
  readonly stopFrame: number;
  readonly type: JobType;
  /** The job that a replica repeats. */
  readonly parentJobId: number | null;
  /** Frames of its range that the job is about, ascending; null for all. */
  readonly includedFrames: readonly number[] | null;
  readonly chunksUpdated: string;
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

/** A remark on a place in a frame of a job. */
export interface Issue {
  readonly id: number;
  readonly jobId: number;
  readonly frame: number;
  readonly ownerId: number;
  readonly created: string;
  assigneeId: number | null;
  position: readonly number[];
  updated: string;
  resolved: boolean;
}

export interface Comment {
  readonly id: number;
  readonly issueId: number;
  readonly ownerId: number;
  readonly created: string;
  message: string;
  updated: string;
}

export type RequestType = 'create:task' | 'import:annotations' | 'export:annotations' | 'export:dataset';

/** A file that an export has made, as it will be downloaded from then on. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A piece of work that CVAT does in the background. */
export interface BackgroundRequest {
  readonly id: string;
  readonly type: RequestType;
  readonly userId: number;
  readonly target: 'project' | 'task' | 'job';
  /** Null where the request is about a whole project. */
  readonly taskId: number | null;
  readonly jobId: number | null;
  readonly projectId: number | null;
  readonly organizationId: number | null;
  /** Format of an export; null for everything else. */
  readonly format: string | null;
  readonly created: string;
  result: ExportedFile | null;
  status: 'queued' | 'started' | 'finished' | 'failed';
  /** Empty, or `{Python class}: {text}\n`. */
  message: string;
  started: string | null;
  /** What a look at the running request shows; the date that stays is noted a moment later. */
  firstStarted: string | null;
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
