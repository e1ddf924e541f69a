import type { Job, Task, BackgroundRequest } from '../state/entities.ts';
import { jobIssues } from '../state/issues.ts';
import { jobFrames, jobStatus, taskJobs } from '../state/jobs.ts';
import { withoutNewer } from './version-fields.ts';
import { basicUser, chunksOf, modeOf, type Scene } from './views.ts';

/** @param seesTask false for a mere assignee, who does not learn the names of task and project */
export function jobView(scene: Scene, job: Job, task: Task, seesTask: boolean): object {
  const project = task.projectId === null ? undefined : scene.state.projects.get(task.projectId);
  const chunks = chunksOf(task.data);
  const view = {
    url: `${scene.origin}/api/jobs/${job.id}`,
    id: job.id,
    task_id: job.taskId,
    task_name: seesTask ? task.name : null,
    project_id: task.projectId,
    project_name: seesTask ? (project?.name ?? null) : null,
    assignee: basicUser(scene, job.assigneeId),
    guide_id: null,
    dimension: '2d',
    mode: modeOf(task),
    media_type: 'image',
    bug_tracker: task.bugTracker === '' ? (project?.bugTracker ?? '') : task.bugTracker,
    status: jobStatus(job),
    stage: job.stage,
    state: job.state,
    frame_count: jobFrames(job).length,
    start_frame: job.startFrame,
    stop_frame: job.stopFrame,
    data_chunk_size: chunks.size,
    data_compressed_chunk_type: chunks.type,
    data_original_chunk_type: chunks.type,
    created_date: job.created,
    updated_date: job.updated,
    issues: { url: `${scene.origin}/api/issues?job_id=${job.id}`, count: jobIssues(scene.state, job.id).length },
    labels: { url: `${scene.origin}/api/labels?job_id=${job.id}` },
    type: job.type,
    organization: task.organizationId,
    target_storage: null,
    source_storage: null,
    assignee_updated_date: job.assigneeUpdated,
    parent_job_id: job.parentJobId,
    replicas_count: taskJobs(scene.state, task.id).filter((other) => other.parentJobId === job.id).length,
    consensus_replicas: job.type === 'annotation' ? task.consensusReplicas : 0,
  };
  return withoutNewer(scene.state, view, ['task_name', 'project_name', 'media_type', 'replicas_count']);
}

export function requestView(scene: Scene, request: BackgroundRequest): object {
  const owner = scene.state.users.get(request.userId);
  return {
    status: request.status,
    message: request.message,
    id: request.id,
    operation: withoutNewer(scene.state, operationOf(request), ['org_id']),
    progress: 0,
    created_date: request.created,
    started_date: request.started,
    finished_date: request.finished,
    expiry_date: request.expiry,
    owner: { id: request.userId, username: owner?.username },
    result_url: request.result === null ? null : resultUrl(scene, request),
    result_id: null,
  };
}

function operationOf(request: BackgroundRequest): object {
  return {
    type: request.type,
    target: request.target,
    project_id: request.projectId,
    task_id: request.taskId,
    job_id: request.jobId,
    org_id: request.organizationId,
    format: request.format,
    lightweight: null,
  };
}

/** Where the file of a finished export can be fetched, by those who may use what was exported. */
function resultUrl(scene: Scene, request: BackgroundRequest): string {
  const id = { project: request.projectId, task: request.taskId, job: request.jobId }[request.target];
  const path = `/api/${request.target}s/${id}/dataset/download`;
  return `${scene.origin}${path}?rq_id=${encodeURIComponent(request.id)}`;
}
