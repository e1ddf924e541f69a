import type { CvatState } from '../state/cvat-state.ts';
import type { CvatVersion } from '../state/version.ts';
import { withoutNewer } from './version-fields.ts';
import type { AccessToken, Label, Organization, Project, Task, TaskData, User } from '../state/entities.ts';
import { jobStatus, taskJobs } from '../state/jobs.ts';
import { projectTasks } from '../state/projects.ts';

/** Where the things in an answer come from, and the address they are shown under. */
export interface Scene {
  readonly state: CvatState;
  readonly origin: string;
}

export function basicUser(scene: Scene, id: number | null): object | null {
  const user = id === null ? undefined : scene.state.users.get(id);
  if (user === undefined) return null;
  return {
    url: `${scene.origin}/api/users/${user.id}`,
    id: user.id,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
  };
}

export function fullUser(scene: Scene, user: User): object {
  return {
    ...basicUser(scene, user.id),
    email: user.email,
    groups: [user.isAdmin ? 'admin' : 'user'],
    is_staff: user.isAdmin,
    is_superuser: user.isAdmin,
    is_active: true,
    last_login: user.lastLogin,
    date_joined: user.joined,
    has_analytics_access: user.isAdmin,
  };
}

export function tokenView(scene: Scene, token: AccessToken): object {
  return {
    id: token.id,
    name: token.name,
    created_date: token.created,
    updated_date: token.updated,
    expiry_date: token.expiry,
    last_used_date: token.lastUsed,
    read_only: token.readOnly,
    owner: basicUser(scene, token.userId),
  };
}

export function organizationView(scene: Scene, organization: Organization): object {
  return {
    id: organization.id,
    slug: organization.slug,
    name: organization.name,
    description: organization.description,
    created_date: organization.created,
    updated_date: organization.updated,
    contact: {},
    owner: basicUser(scene, organization.ownerId),
  };
}

export function projectView(scene: Scene, project: Project): object {
  const tasks = projectTasks(scene.state, project.id);
  return {
    url: `${scene.origin}/api/projects/${project.id}`,
    id: project.id,
    name: project.name,
    owner: basicUser(scene, project.ownerId),
    assignee: basicUser(scene, project.assigneeId),
    guide_id: null,
    bug_tracker: project.bugTracker,
    created_date: project.created,
    updated_date: project.updated,
    status: 'annotation',
    dimension: tasks.some((task) => task.data !== null || scene.state.version === '2.54.1') ? '2d' : null,
    organization: project.organizationId,
    organization_id: project.organizationId,
    target_storage: null,
    source_storage: null,
    tasks: { count: tasks.length, url: `${scene.origin}/api/tasks?project_id=${project.id}` },
    labels: { url: `${scene.origin}/api/labels?project_id=${project.id}` },
    assignee_updated_date: project.assigneeUpdated,
    task_subsets: [...new Set(tasks.map((task) => task.subset).filter((subset) => subset !== ''))],
  };
}

export function labelView(label: Label): object {
  return {
    id: label.id,
    name: label.name,
    color: label.color,
    attributes: label.attributes.map((spec) => ({
      id: spec.id,
      name: spec.name,
      mutable: spec.mutable,
      input_type: spec.inputType,
      default_value: spec.defaultValue,
      values: spec.values,
    })),
    type: label.type,
    sublabels: [],
    ...(label.projectId === null ? { task_id: label.taskId } : { project_id: label.projectId }),
    parent_id: null,
    has_parent: false,
  };
}

/** @param seesProject false for a mere assignee, who does not learn the project's name */
export function taskView(scene: Scene, task: Task, seesProject = true): object {
  const jobs = taskJobs(scene.state, task.id);
  const count = (status: string): number => jobs.filter((job) => jobStatus(job) === status).length;
  const project = task.projectId === null ? undefined : scene.state.projects.get(task.projectId);
  const view = {
    url: `${scene.origin}/api/tasks/${task.id}`,
    id: task.id,
    name: task.name,
    project_id: task.projectId,
    project_name: seesProject ? (project?.name ?? null) : null,
    owner: basicUser(scene, task.ownerId),
    assignee: basicUser(scene, task.assigneeId),
    bug_tracker: task.bugTracker,
    created_date: task.created,
    updated_date: task.updated,
    overlap: task.overlap,
    segment_size: task.segmentSize,
    status: task.status,
    ...dataView(scene.state.version, task.data),
    guide_id: null,
    subset: task.subset,
    organization_id: task.organizationId,
    organization: task.organizationId,
    target_storage: null,
    source_storage: null,
    jobs: {
      count: jobs.length,
      completed: count('completed'),
      validation: jobs.filter((job) => job.stage === 'validation').length,
      url: `${scene.origin}/api/jobs?task_id=${task.id}`,
    },
    labels: { url: `${scene.origin}/api/labels?task_id=${task.id}` },
    assignee_updated_date: task.assigneeUpdated,
    validation_mode: task.validationMode,
    consensus_enabled: task.consensusReplicas > 0,
  };
  return withoutNewer(scene.state, view, ['project_name', 'media_type']);
}

/** What CVAT calls a task of images, of a video, and one without data. */
export function modeOf(task: Task): 'annotation' | 'interpolation' | '' {
  if (task.data === null) return '';
  return task.data.video === null ? 'annotation' : 'interpolation';
}

/** Frames that CVAT packs into one file for browsers, and the kind of such a file. */
export function chunksOf(data: TaskData | null): { size: number; type: 'imageset' | 'video' } {
  if (data?.video != null) return { size: 36, type: 'video' };
  const area = Math.max(1, ...(data?.frames ?? []).map((frame) => frame.width * frame.height));
  // As many pixels as 36 frames of full HD have, but never more than 72 frames.
  return { size: Math.max(2, Math.min(72, Math.floor((36 * 1920 * 1080) / area))), type: 'imageset' };
}

/** Before it has frames, a task says neither size nor quality. */
function dataView(version: CvatVersion, data: TaskData | null): object {
  if (data === null && version === '2.54.1') return { dimension: '2d', mode: '' };
  if (data === null) return { data: null, dimension: '', mode: '', media_type: '' };
  const chunks = chunksOf(data);
  return {
    data_chunk_size: chunks.size,
    data_original_chunk_type: chunks.type,
    data_compressed_chunk_type: chunks.type,
    data_cloud_storage_id: null,
    size: data.frames.length,
    image_quality: data.imageQuality,
    data: data.id,
    dimension: '2d',
    mode: data.video === null ? 'annotation' : 'interpolation',
    media_type: 'image',
  };
}
