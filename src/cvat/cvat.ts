import type { BackgroundRequest, WaitOptions } from './background-request.ts';
import type { ArchiveOptions, ImagesOptions, UploadContent, UploadFile, UploadOptions } from './upload-file.ts';
import type { NativeAnnotations } from './native-annotations.ts';
import type { JobContent } from './native.ts';
import type { Shape, ShapeType } from './shape.ts';

export type { Shape, ShapeType };

/** What the CVAT client offers, by resource. Ids and times are CVAT's; every method takes an AbortSignal last. */

import type { CvatServer } from './server.ts';
import type { WebhookMethods } from './webhook.ts';

export interface Project {
  readonly id: number;
  readonly name: string;
}

/** Somebody whom jobs can be given to. */
export interface Person {
  readonly id: number;
  readonly username: string;
}

/** An entry of the folder that CVAT's server shares. */
export interface ShareEntry {
  /** Without the folders above it. */
  readonly name: string;
  readonly kind: 'folder' | 'file';
}

export interface Label {
  readonly id: number;
  readonly name: string;
  /** The label of the skeleton that this one is a part of; a label of its own has none. */
  readonly parentId?: number;
}

export interface Task {
  readonly id: number;
  readonly name: string;
  readonly projectId: number | null;
  readonly organizationId: number | null;
  /** Free text; holds the key of a task that maskloop made. */
  readonly bugTracker: string;
  /** Number of frames; 0 before data were uploaded. */
  readonly size: number;
  readonly updatedAt: string;
  /** `gt_pool` where frames of a ground truth pool are copied into the jobs; CVAT's word, null without any ground truth. */
  readonly validationMode: string | null;
}

/** How a task was cut into jobs. */
export interface TaskSettings {
  /** Frames a job. */
  readonly segmentSize: number | null;
  /** Frames that two neighbouring jobs share. */
  readonly overlap: number | null;
}

export type JobStage = 'annotation' | 'validation' | 'acceptance';
export type JobState = 'new' | 'in progress' | 'completed' | 'rejected';

export interface Job {
  readonly id: number;
  readonly taskId: number;
  readonly projectId: number | null;
  readonly organizationId: number | null;
  readonly type: string;
  /** Of a consensus replica: the job that it is a replica of. */
  readonly parentJobId: number | null;
  readonly stage: JobStage;
  readonly state: JobState;
  readonly startFrame: number;
  /** Inclusive. */
  readonly stopFrame: number;
  readonly assignee: string | null;
  readonly updatedAt: string;
}

export interface Frame {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** How the frames of a task count in its video file: the first one's number there, and the distance to the next. */
export interface Video {
  readonly start: number;
  readonly step: number;
}

/** A remark on a frame that nobody has resolved. */
export interface OpenIssue {
  readonly id: number;
  readonly jobId: number;
  readonly frame: number;
}

export interface TaskMeta {
  /** In their order; those of a video have the names of CVAT's exports, `frame_000005`. */
  readonly frames: readonly Frame[];
  /** Null for images. */
  readonly video: Video | null;
  readonly deletedFrames: readonly number[];
  readonly size: number;
  readonly startFrame: number;
  readonly stopFrame: number;
}

export interface Annotations {
  readonly shapes: readonly Shape[];
  /** Counts of what is not a plain shape. */
  readonly tracks: number;
  readonly tags: number;
}

/** Formats of exports by CVAT's own names. */
export type ExportFormat = 'COCO 1.0' | 'Segmentation mask 1.1';

export interface Cvat extends CvatServer, WebhookMethods {
  /** Address of a task for people. */
  taskUrl(taskId: number): string;

  /** CVAT's own time in milliseconds since 1970, to the second; ours where its answers carry none. */
  clock(signal?: AbortSignal): Promise<number>;

  /** All of exactly this name, oldest first. */
  projectsNamed(name: string, signal?: AbortSignal): Promise<readonly Project[]>;
  /** @throws `ProjectAmbiguous` on two exact matches; null on none. */
  findProject(name: string, signal?: AbortSignal): Promise<Project | null>;
  /** All projects that the user may see, all pages, oldest first. */
  projects(signal?: AbortSignal): Promise<readonly Project[]>;
  createProject(project: { name: string; labels: readonly string[] }, signal?: AbortSignal): Promise<Project>;
  /** Number of tasks of a project. */
  projectTasks(id: number, signal?: AbortSignal): Promise<number>;
  deleteProject(id: number, signal?: AbortSignal): Promise<void>;
  /** All labels of a project, all pages. */
  projectLabels(projectId: number, signal?: AbortSignal): Promise<readonly Label[]>;
  /** Adds labels and leaves those that are there alone. @throws `CvatRejected` if one has the name of another */
  addLabels(
    projectId: number,
    labels: readonly { readonly name: string; readonly color: string }[],
    signal?: AbortSignal,
  ): Promise<void>;

  /** Members of the organization; without one, everybody whom CVAT shows to the user. All pages, active ones only. */
  people(signal?: AbortSignal): Promise<readonly Person[]>;

  /** @throws `TaskAmbiguous` on two exact matches in the project; null on none. */
  findTask(where: { projectId: number; name: string }, signal?: AbortSignal): Promise<Task | null>;
  /** All tasks of a project, oldest first. Empty for a project that does not exist. */
  tasksOfProject(projectId: number, signal?: AbortSignal): Promise<readonly Task[]>;
  /** Tasks of a project whose `bugTracker` is exactly this key, oldest first, whatever they are called. */
  tasksWithKey(where: { projectId: number; key: string }, signal?: AbortSignal): Promise<readonly Task[]>;
  /** @throws `TaskGone` if there is none. */
  getTask(id: number, signal?: AbortSignal): Promise<Task>;
  /** How a task was cut. @throws `TaskGone` if there is none. */
  taskSettings(id: number, signal?: AbortSignal): Promise<TaskSettings>;
  createTask(
    task: { name: string; projectId: number; bugTracker: string; segmentSize: number | null },
    signal?: AbortSignal,
  ): Promise<Task>;
  deleteTask(id: number, signal?: AbortSignal): Promise<void>;
  /** Uploads the images of a new task in name order in requests under 100 MB and returns the request's id. */
  uploadImages(taskId: number, files: readonly UploadFile[], options?: ImagesOptions): Promise<string>;
  /**
   * Uploads the images of a new task in one ZIP archive, which alone keeps their folders, and returns the request's id.
   * An upload that CVAT does not know any more is taken for complete: the request fails where it was not.
   */
  uploadArchive(taskId: number, archive: UploadContent, options?: ArchiveOptions): Promise<string>;
  /** Entries of a folder of CVAT's share; `path` without a slash in front, empty for its root. @throws `CvatRejected` if there is none */
  listShare(path: string, signal?: AbortSignal): Promise<readonly ShareEntry[]>;
  /** Makes the frames of a new task from files of CVAT's share, in name order, without copying them; the request's id. */
  useShareFiles(taskId: number, paths: readonly string[], signal?: AbortSignal): Promise<string>;
  /** The request that makes the frames of a task; null if there was none, or CVAT has forgotten it. */
  creationRequest(taskId: number, signal?: AbortSignal): Promise<BackgroundRequest | null>;
  /** Waits for the making of a task's frames if it is under way; true if the task has frames then. */
  awaitTaskCreation(taskId: number, options?: WaitOptions): Promise<boolean>;
  taskMeta(taskId: number, signal?: AbortSignal): Promise<TaskMeta>;
  /** A frame's original file, byte for byte as it was uploaded. */
  frameOriginal(
    taskId: number,
    frame: number,
    signal?: AbortSignal,
  ): Promise<{ bytes: Uint8Array; contentType: string }>;
  taskAnnotations(taskId: number, signal?: AbortSignal): Promise<Annotations>;

  /** Jobs of a task, all pages, oldest first; only of one type if given. Empty for a task that does not exist. */
  jobs(taskId: number, options?: { type?: string; signal?: AbortSignal | undefined }): Promise<readonly Job[]>;
  job(jobId: number, signal?: AbortSignal): Promise<Job>;
  /** Remarks in all jobs of a task that nobody has resolved, oldest first. */
  openIssues(taskId: number, signal?: AbortSignal): Promise<readonly OpenIssue[]>;
  /** Numbers, within the task, of the frames that a job is about: all of its range, but for ground truth jobs. No deleted ones. */
  jobFrames(job: Pick<Job, 'id' | 'startFrame' | 'stopFrame'>, signal?: AbortSignal): Promise<readonly number[]>;
  /** Jobs of all tasks of a project, all pages, oldest first; only of one type if given. Empty for a project that does not exist. */
  projectJobs(
    projectId: number,
    options?: { type?: string; signal?: AbortSignal | undefined },
  ): Promise<readonly Job[]>;
  jobAnnotations(jobId: number, signal?: AbortSignal): Promise<Annotations>;
  /** What a job holds, with every field. */
  nativeAnnotations(jobId: number, signal?: AbortSignal): Promise<NativeAnnotations>;
  /** Adds to a job, all or nothing, and removes nothing. CVAT gives new ids; those that the items have are left out. */
  addAnnotations(jobId: number, added: NativeAnnotations, signal?: AbortSignal): Promise<void>;
  /** Removes from a job what has the ids of these items, all or nothing; what has come besides stays. */
  removeAnnotations(jobId: number, removed: NativeAnnotations, signal?: AbortSignal): Promise<void>;
  /** The same, read field by field: tracks, tags and everything that a person can set. */
  jobContent(jobId: number, signal?: AbortSignal): Promise<JobContent>;
  updateJob(
    jobId: number,
    change: { state?: JobState; stage?: JobStage; assignee?: number | null },
    signal?: AbortSignal,
  ): Promise<Job>;

  /**
   * Uploads a COCO 1.0 document by TUS and asks for its import, which replaces all shapes of the task. `beforeImport` is
   * called when the upload is complete, directly before the request that imports it; what it throws stops the import.
   * @throws `ImportBusy` (facts.requestId) if another import is under way
   */
  startImport(
    taskId: number,
    document: { bytes: Uint8Array; fileName: string },
    options?: UploadOptions & { readonly beforeImport?: () => Promise<void> },
  ): Promise<string>;
  /** The newest import request of a task; null if CVAT knows none, or only somebody else's, which it does not show. */
  importRequest(taskId: number, signal?: AbortSignal): Promise<BackgroundRequest | null>;
  /** Asks for an export of a task without its images and returns the request's id; a running one of the same kind is joined. */
  startExport(taskId: number, format: ExportFormat, signal?: AbortSignal): Promise<string>;
  /**
   * Fetches a finished export into a file, resumed where the connection broke. Returns its size in bytes.
   * @throws `ArchiveRefused` if it is larger than `maxBytes`
   */
  downloadExport(
    where: { readonly taskId: number; readonly requestId: string; readonly file: string },
    options: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
  ): Promise<number>;

  /** Takes back a request that has not begun; false if it has, or is gone. */
  cancelRequest(id: string, signal?: AbortSignal): Promise<boolean>;
  /** The state of a request; null if CVAT does not know it (any more). */
  request(id: string, signal?: AbortSignal): Promise<BackgroundRequest | null>;
  /** Polls a request to its end; `failed` is returned, not thrown, and so is a request that CVAT has forgotten meanwhile. */
  waitForRequest(id: string, options?: WaitOptions): Promise<BackgroundRequest>;
}
