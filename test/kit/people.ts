import { SANDBOX_ADMIN, type SandboxCvat } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { Shape } from '../../src/sandbox/cvat/state/shapes.ts';
import { at, talk, type Answer } from './talk.ts';

/** Somebody who works in CVAT, and remembers what they have drawn. */
export interface People {
  /** Draws a shape into a job. */
  draw(jobId: number, frame: number): Promise<void>;
  /** Moves the first shape of a job by a pixel; CVAT's page marks what was automatic as semi-automatic then. */
  correct(jobId: number): Promise<void>;
  /** Notes the shapes that a job holds now as people's own. */
  own(jobId: number): void;
  call(method: string, path: string, json?: unknown): Promise<Answer>;
  /** Gives a task its images in one go. */
  upload(taskId: number, form: FormData, options: object): Promise<void>;
  /** What of people's work is not as they left it, by the state of the stand-in; empty if all is well. */
  losses(): readonly string[];
  /** Number of shapes that are remembered. */
  remembered(): number;
  /** Begins with nothing remembered. */
  forget(): void;
}

type Kept = Pick<Shape, 'id' | 'source' | 'points' | 'frame'> & { readonly jobId: number };

export function openPeople(sandbox: SandboxCvat): People {
  const kept = new Map<number, Kept>();
  const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
  const headers = { authorization: `Basic ${login}` };

  async function call(method: string, path: string, json?: unknown): Promise<Answer> {
    const answer = await talk(sandbox.url, method, path, { headers, ...(json === undefined ? {} : { json }) });
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer;
  }

  async function save(jobId: number, action: 'create' | 'update', shape: object): Promise<void> {
    const body = { version: 0, shapes: [shape], tags: [], tracks: [] };
    const { json } = await call('PATCH', `/api/jobs/${jobId}/annotations?action=${action}`, body);
    const saved = shapesOf(jobId).find(({ id }) => id === at(json, 'shapes', 0, 'id'));
    if (saved === undefined) throw new Error(`the stand-in holds no such shape: ${JSON.stringify(json)}`);
    remember(jobId, saved);
  }

  function remember(jobId: number, { id, source, points, frame }: Shape): void {
    kept.set(id, { jobId, id, source, points: [...points], frame });
  }

  function shapesOf(jobId: number): readonly Shape[] {
    return sandbox.state.jobs.get(jobId)?.shapes ?? [];
  }

  return {
    call,
    async draw(jobId, frame) {
      const taskId = sandbox.state.jobs.get(jobId)?.taskId ?? 0;
      const projectId = sandbox.state.tasks.get(taskId)?.projectId;
      const label = [...sandbox.state.labels.values()].find((one) => one.projectId === projectId);
      const points = [0, 4, 1, 1, 2, 2];
      await save(jobId, 'create', { type: 'mask', label_id: label?.id, frame, points, source: 'manual' });
    },
    async correct(jobId) {
      const [shape] = shapesOf(jobId);
      if (shape === undefined) throw new Error(`job ${jobId} holds no shape to correct`);
      await save(jobId, 'update', { ...shape, points: [0, 4, 1, 1, 2, 2], source: 'semi-auto' });
    },
    async upload(taskId, form, options) {
      const path = `/api/tasks/${taskId}/data`;
      await talk(sandbox.url, 'POST', path, { body: form, headers: { ...headers, 'upload-multiple': '' } });
      await talk(sandbox.url, 'POST', path, { json: options, headers: { ...headers, 'upload-finish': '' } });
    },
    own(jobId) {
      for (const shape of shapesOf(jobId)) remember(jobId, shape);
    },
    losses() {
      return [...kept.values()].flatMap(({ jobId, id, source, points, frame }) => {
        const now = shapesOf(jobId).find((shape) => shape.id === id);
        const same = now?.source === source && now.frame === frame && now.points.join() === points.join();
        return same ? [] : [`shape ${id} (${source}) of job ${jobId} is ${now === undefined ? 'gone' : 'changed'}`];
      });
    },
    remembered: () => kept.size,
    forget: () => kept.clear(),
  };
}
