import { createCvat } from '../../../src/cvat/client.ts';
import type { WaitPace } from '../../../src/cvat/background-request.ts';
import { authorizationOf, type CvatCredentials } from '../../../src/cvat/credentials.ts';
import type { Cvat, Job, Label, Project, Task } from '../../../src/cvat/cvat.ts';
import { frameFiles } from './frames.ts';
import { ownName } from './names.ts';
import { at, talk, type Answer, type Message } from '../../kit/talk.ts';

/** A CVAT that is held to the contract. */
export interface CvatServer {
  readonly url: string;
  readonly credentials: CvatCredentials;
  /** For one that is quicker than real ones. */
  readonly pace?: WaitPace;
  close(): Promise<void>;
}

export interface MadeTask {
  readonly project: Project;
  readonly task: Task;
  /** Label ids by name. */
  readonly labels: ReadonlyMap<string, number>;
  /** Oldest first. */
  readonly jobs: readonly Job[];
  /** In the order in which CVAT numbers them. */
  readonly frames: readonly string[];
}

export interface TaskWish {
  readonly frames: readonly string[];
  readonly labels?: readonly string[];
  readonly segmentSize?: number;
}

/** A place to work in on a CVAT: an organization of its own, of which nothing is left in the end. */
export interface Desk {
  readonly server: CvatServer;
  readonly version: string;
  readonly organization: string;
  /** Works in the organization. */
  readonly cvat: Cvat;
  /** Sends anything as the client's user, in the organization; later headers win. */
  talk(method: string, path: string, message?: Message): Promise<Answer>;
  /** Removes the project in the end. */
  own(project: Project): Project;
  project(labels?: readonly string[]): Promise<Project>;
  /** A project with a task and its frames. */
  task(wish: TaskWish): Promise<MadeTask>;
  close(): Promise<void>;
}

const ACCEPT = 'application/vnd.cvat+json; version=2.0';

export async function openDesk(server: CvatServer): Promise<Desk> {
  const person = createPerson(server);
  const organization = ownName('mc').slice(0, 16);
  const made = await person('POST', '/api/organizations', { json: { slug: organization } });
  if (made.status !== 201) throw new Error(`no organization of our own: ${made.status} ${made.text}`);
  const quick = server.pace === undefined ? {} : { pace: server.pace };
  const cvat = createCvat({ url: server.url, organization, credentials: async () => server.credentials, ...quick });
  const projects = new Set<number>();
  const inOrganization: Desk['talk'] = (method, path, message = {}) =>
    person(method, path, { ...message, headers: { 'x-organization': organization, ...message.headers } });
  const own = (project: Project): Project => {
    projects.add(project.id);
    return project;
  };
  const project: Desk['project'] = async (labels = ['tool', 'tissue']) =>
    own(await cvat.createProject({ name: ownName('contract'), labels }));
  return {
    server,
    version: await cvat.version(),
    organization,
    cvat,
    talk: inOrganization,
    own,
    project,
    task: async (wish) => makeTask(cvat, await project(wish.labels), wish),
    async close() {
      for (const id of projects) await cvat.deleteProject(id);
      const removed = await person('DELETE', `/api/organizations/${String(at(made.json, 'id'))}`);
      if (removed.status !== 204) throw new Error(`organization ${organization} is left: ${removed.status}`);
    },
  };
}

/** Sends requests as one user; a password is changed into a login key, again whenever that is refused. */
function createPerson({ url, credentials }: CvatServer): Desk['talk'] {
  let key: string | null = null;
  async function authorization(): Promise<string> {
    if (credentials.kind === 'token') return authorizationOf(credentials.token);
    const { username, password } = credentials;
    key ??= String(at((await talk(url, 'POST', '/api/auth/login', { json: { username, password } })).json, 'key'));
    return `Token ${key}`;
  }
  return async (method, path, message = {}) => {
    const send = async (): Promise<Answer> =>
      talk(url, method, path, {
        ...message,
        headers: { accept: ACCEPT, authorization: await authorization(), ...message.headers },
      });
    const answer = await send();
    if (answer.status !== 401 || credentials.kind === 'token' || message.headers?.['authorization'] !== undefined)
      return answer;
    key = null;
    return send();
  };
}

async function makeTask(cvat: Cvat, project: Project, { frames, segmentSize }: TaskWish): Promise<MadeTask> {
  const task = await cvat.createTask({
    name: ownName('task'),
    projectId: project.id,
    bugTracker: '',
    segmentSize: segmentSize ?? null,
  });
  const request = await cvat.waitForRequest(await cvat.uploadImages(task.id, frameFiles(frames)));
  if (request.status !== 'finished') throw new Error(`no frames: ${request.message}`);
  const labels: readonly Label[] = await cvat.projectLabels(project.id);
  return {
    project,
    task: await cvat.getTask(task.id),
    labels: new Map(labels.map(({ id, name }) => [name, id])),
    jobs: await cvat.jobs(task.id),
    frames: frames.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
  };
}
