import { SANDBOX_ADMIN, type SandboxCvat } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { Shape } from '../../src/sandbox/cvat/state/shapes.ts';
import { at, talk, type Answer, type Message } from './talk.ts';

/** Somebody who works in CVAT, and remembers what they have drawn. */
export interface People {
  /** Draws a shape into a job. */
  draw(jobId: number, frame: number): Promise<void>;
  /** Moves the first shape of a job by a pixel; CVAT's page marks what was automatic as semi-automatic then. */
  correct(jobId: number): Promise<void>;
  /** Notes the shapes that a job holds now as people's own. */
  own(jobId: number): Promise<void>;
  call(method: string, path: string, json?: unknown): Promise<Answer>;
  /** Gives a task its images in one go. */
  upload(taskId: number, form: FormData, options: object): Promise<void>;
  /** What of people's work is not as they left it, by the state of the stand-in where there is one; empty if all is well. */
  losses(): Promise<readonly string[]>;
  /** Number of shapes that are remembered. */
  remembered(): number;
  /** Begins with nothing remembered. */
  forget(): void;
}

/** What people's work is told by. */
export type KeptShape = Pick<Shape, 'id' | 'source' | 'points' | 'frame'>;

/** A CVAT as people see it. */
export interface PeoplesCvat {
  /** Sends a request as one of them. @throws Error for a refusal */
  call(method: string, path: string, message: Message): Promise<Answer>;
  /** What a job holds. */
  shapesOf(jobId: number): Promise<readonly KeptShape[]>;
  /** Id of a label that may be drawn in a job. */
  labelOf(jobId: number): Promise<number>;
}

/** People who work in any CVAT. */
export function peopleOf(cvat: PeoplesCvat): People {
  const kept = new Map<number, KeptShape & { readonly jobId: number }>();
  const call = async (method: string, path: string, json?: unknown): Promise<Answer> =>
    cvat.call(method, path, json === undefined ? {} : { json });

  async function save(jobId: number, action: 'create' | 'update', shape: object): Promise<void> {
    const body = { version: 0, shapes: [shape], tags: [], tracks: [] };
    const { json } = await call('PATCH', `/api/jobs/${jobId}/annotations?action=${action}`, body);
    const saved = (await cvat.shapesOf(jobId)).find(({ id }) => id === at(json, 'shapes', 0, 'id'));
    if (saved === undefined) throw new Error(`CVAT holds no such shape: ${JSON.stringify(json)}`);
    remember(jobId, saved);
  }

  function remember(jobId: number, { id, source, points, frame }: KeptShape): void {
    kept.set(id, { jobId, id, source, points: [...points], frame });
  }

  return {
    call,
    async draw(jobId, frame) {
      const points = [0, 4, 1, 1, 2, 2];
      const drawn = { type: 'mask', label_id: await cvat.labelOf(jobId), frame, points, source: 'manual' };
      await save(jobId, 'create', { ...drawn, occluded: false, z_order: 0, attributes: [] });
    },
    async correct(jobId) {
      const [shape] = await cvat.shapesOf(jobId);
      if (shape === undefined) throw new Error(`job ${jobId} holds no shape to correct`);
      await save(jobId, 'update', { ...shape, points: [0, 4, 1, 1, 2, 2], source: 'semi-auto' });
    },
    async upload(taskId, form, options) {
      const path = `/api/tasks/${taskId}/data`;
      await cvat.call('POST', path, { body: form, headers: { 'upload-multiple': '' } });
      await cvat.call('POST', path, { json: options, headers: { 'upload-finish': '' } });
    },
    async own(jobId) {
      for (const shape of await cvat.shapesOf(jobId)) remember(jobId, shape);
    },
    async losses() {
      const lost: string[] = [];
      for (const { jobId, id, source, points, frame } of kept.values()) {
        const now = (await cvat.shapesOf(jobId)).find((shape) => shape.id === id);
        const same = now?.source === source && now.frame === frame && now.points.join() === points.join();
        if (!same) lost.push(`shape ${id} (${source}) of job ${jobId} is ${now === undefined ? 'gone' : 'changed'}`);
      }
      return lost;
    },
    remembered: () => kept.size,
    forget: () => kept.clear(),
  };
}

/** People who work in a stand-in; what becomes of their work is read from its state. */
export function openPeople(sandbox: SandboxCvat): People {
  const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
  return peopleOf({
    async call(method, path, { headers, ...message }) {
      const answer = await talk(sandbox.url, method, path, {
        ...message,
        headers: { authorization: `Basic ${login}`, ...headers },
      });
      if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
      return answer;
    },
    shapesOf: async (jobId) => sandbox.state.jobs.get(jobId)?.shapes ?? [],
    async labelOf(jobId) {
      const taskId = sandbox.state.jobs.get(jobId)?.taskId ?? 0;
      const projectId = sandbox.state.tasks.get(taskId)?.projectId;
      return [...sandbox.state.labels.values()].find((one) => one.projectId === projectId)?.id ?? 0;
    },
  });
}
