import type { Job, Task } from '../state/entities.ts';
import { jobStatus } from '../state/jobs.ts';
import type { BackgroundRequest } from '../state/entities.ts';
import type { StoredAnnotations } from '../state/shapes.ts';
import { basicUser, type Scene } from './views.ts';

/** @param seesTask false for a mere assignee, who does not learn the names of task and project */
export function jobView(scene: Scene, job: Job, task: Task, seesTask: boolean): object {
  const project = task.projectId === null ? undefined : scene.state.projects.get(task.projectId);
  return {
    url: `${scene.origin}/api/jobs/${job.id}`,
    id: job.id,
    task_id: job.taskId,
    task_name: seesTask ? task.name : null,
    project_id: task.projectId,
    project_name: seesTask ? (project?.name ?? null) : null,
    assignee: basicUser(scene, job.assigneeId),
    guide_id: null,
    dimension: '2d',
    mode: 'annotation',
    media_type: 'image',
    bug_tracker: task.bugTracker === '' ? (project?.bugTracker ?? '') : task.bugTracker,
    status: jobStatus(job),
    stage: job.stage,
    state: job.state,
    frame_count: job.stopFrame - job.startFrame + 1,
    start_frame: job.startFrame,
    stop_frame: job.stopFrame,
    data_chunk_size: 72,
    data_compressed_chunk_type: 'imageset',
    data_original_chunk_type: 'imageset',
    created_date: job.created,
    updated_date: job.updated,
    issues: { url: `${scene.origin}/api/issues?job_id=${job.id}`, count: 0 },
    labels: { url: `${scene.origin}/api/labels?job_id=${job.id}` },
    type: 'annotation',
    organization: task.organizationId,
    target_storage: null,
    source_storage: null,
    assignee_updated_date: job.assigneeUpdated,
    parent_job_id: null,
    replicas_count: 0,
    consensus_replicas: 0,
  };
}

/** Frames of a task, or of the job whose range is given. */
export function metaView(task: Task, range?: { startFrame: number; stopFrame: number }): object {
  const data = task.data;
  const start = range?.startFrame ?? 0;
  const stop = range?.stopFrame ?? (data?.frames.length ?? 0) - 1;
  return {
    chapters: null,
    chunks_updated_date: data?.chunksUpdated,
    chunk_size: 72,
    size: stop - start + 1,
    image_quality: data?.imageQuality,
    start_frame: start,
    stop_frame: stop,
    frame_filter: '',
    frames: data?.frames.slice(start, stop + 1).map((frame) => ({
      width: frame.width,
      height: frame.height,
      name: frame.name,
      related_files: 0,
      has_related_context: false,
    })),
    deleted_frames: data?.deletedFrames.filter((frame) => frame >= start && frame <= stop),
    included_frames: null,
    storage: 'local',
    cloud_storage_id: null,
  };
}

export function annotationsView(annotations: StoredAnnotations): object {
  const { tags, shapes, tracks } = annotations;
  return { version: 0, tags, shapes, tracks, intervals: [] };
}

export function requestView(scene: Scene, request: BackgroundRequest): object {
  const owner = scene.state.users.get(request.userId);
  return {
    status: request.status,
    message: request.message,
    id: request.id,
    operation: {
      type: request.type,
      target: request.target,
      project_id: request.projectId,
      task_id: request.taskId,
      job_id: request.jobId,
      org_id: request.organizationId,
      format: null,
      lightweight: null,
    },
    progress: 0,
    created_date: request.created,
    started_date: request.started,
    finished_date: request.finished,
    expiry_date: request.expiry,
    owner: { id: request.userId, username: owner?.username },
    result_url: null,
    result_id: null,
  };
}
