import type { ActivitySite } from './activity-site.ts';
import { SANDBOX_ADMIN } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';

/** Points of the shape that {@link draw} draws. */
export const DRAWN_POINTS = [0, 4, 1, 1, 2, 2] as const;

/** A shape as a person would draw it: a small mask in the upper left corner. */
function drawing(labelId: number, frame: number): object {
  return {
    type: 'mask',
    label_id: labelId,
    frame,
    points: DRAWN_POINTS,
    source: 'manual',
    z_order: 0,
    occluded: false,
    attributes: [],
  };
}

/** Sends a request to CVAT as somebody else than maskloop. @throws Error for any refusal */
export async function call(site: ActivitySite, method: string, path: string, body: unknown): Promise<void> {
  await (await asked(site, method, path, body)).text();
}

async function asked(site: ActivitySite, method: string, path: string, body?: unknown): Promise<Response> {
  const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
  const answer = await fetch(site.sandbox.url + path, {
    method,
    headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.ok) return answer;
  throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
}

/** What a task holds, in CVAT's own words. */
export async function annotations(
  site: ActivitySite,
  taskId: number,
): Promise<{ readonly shapes: readonly { readonly frame: number; readonly points: readonly number[] }[] }> {
  const answer = await asked(site, 'GET', `/api/tasks/${taskId}/annotations`);
  return (await answer.json()) as Awaited<ReturnType<typeof annotations>>;
}

/** Draws one shape into a task, as somebody else than maskloop. */
export async function draw(site: ActivitySite, task: { taskId: number; projectId: number }, frame = 0): Promise<void> {
  const [label] = await site.cvat.projectLabels(task.projectId);
  const shapes = [drawing(label?.id ?? 0, frame)];
  await call(site, 'PATCH', `/api/tasks/${task.taskId}/annotations?action=create`, { shapes, tags: [], tracks: [] });
}

/** Completes every job of a task. */
export async function completeJobs(site: ActivitySite, taskId: number): Promise<void> {
  for (const { id } of await site.cvat.jobs(taskId)) await site.cvat.updateJob(id, { state: 'completed' });
}

/** Sources of the shapes of a task by frame, sorted. */
export async function sourcesOf(site: ActivitySite, taskId: number): Promise<readonly string[]> {
  const { shapes } = await site.cvat.taskAnnotations(taskId);
  return shapes.map(({ source, frame }) => `${source}@${frame}`).toSorted((a, b) => a.localeCompare(b));
}
