import { webhookEventWire, type WebhookEvent } from './wire/webhook-event.ts';

/** What of CVAT should be read anew. */
export type Wake =
  | { readonly what: 'task'; readonly id: number }
  /** The project is gone, and with it all of its tasks. */
  | { readonly what: 'project'; readonly name: string };

/** Events that a webhook of ours asks for; each may wake, all others are noise. */
export const WAKING_EVENTS = ['update:job', 'update:task', 'delete:task', 'delete:project'] as const;

/** A job that changes so may be done, or no longer be. */
const OF_JOBS = ['state', 'stage'];
/** A task that changes so has moved; 2.54 names the relation, 2.73 its column. */
const OF_TASKS = ['project', 'project_id', 'organization', 'organization_id'];

/**
 * What a message to a webhook is a reason to read: changes of a job's state or stage, and moved or deleted tasks; null
 * for everything else, which is nearly all that CVAT sends (every import and every edit moves `updated_date` of job, task
 * and project).
 */
export function wakeOf({ event, job, task, project, before_update: before, changes }: WebhookEvent): Wake | null {
  const changed = [...Object.keys(before ?? {}), ...Object.keys(changes ?? {})];
  const hasChanged = (fields: readonly string[]): boolean => fields.some((field) => changed.includes(field));
  if (event === 'update:job' && job !== undefined && hasChanged(OF_JOBS)) return { what: 'task', id: job.task_id };
  if (event === 'update:task' && task !== undefined && hasChanged(OF_TASKS)) return { what: 'task', id: task.id };
  if (event === 'delete:task' && task !== undefined) return { what: 'task', id: task.id };
  return event === 'delete:project' && project !== undefined ? { what: 'project', name: project.name } : null;
}

/** Reads a message's bytes; null if they are no message of CVAT. */
export function parseEvent(body: Uint8Array): WebhookEvent | null {
  try {
    const json: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return webhookEventWire.safeParse(json).data ?? null;
  } catch {
    return null;
  }
}
