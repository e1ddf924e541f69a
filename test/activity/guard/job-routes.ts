import { MaskloopError } from '../../../src/contracts/error.ts';
import { at } from '../../kit/talk.ts';
import { pooledTask, replicatedTask } from './made-by-people.ts';
import { actBehindBackup, drawFirst, firstJob, refusal, type Route } from './route.ts';

/** Jobs that are begun, done, or not ours to write. */
export const JOB_ROUTES: readonly Route[] = [
  {
    name: 'a job opened during our upload',
    told: { type: 'JobsStarted' },
    async go(site) {
      const scene = await site.scene();
      site.meddling.beforeLastLook = async () => {
        await site.cvat.updateJob(firstJob(scene), { state: 'in progress' });
      };
      const told = await refusal(site.import(scene));
      await drawFirst(site, scene);
      return told;
    },
  },
  {
    name: 'a job that was assigned during our last look, after which it looks once more',
    told: { adopted: false, assigned: true, finishes: 1 },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      const [somebody] = await site.cvat.people();
      let assigned = false;
      actBehindBackup(site, async () => {
        await site.cvat.updateJob(firstJob(scene), { assignee: somebody?.id ?? null });
        assigned = true;
      });
      const sent = await site.send(scene, guard);
      await drawFirst(site, scene);
      return { ...sent, assigned, finishes: site.finishes(scene.task.taskId) };
    },
  },
  {
    name: 'a completed job without shapes',
    told: { type: 'JobsStarted' },
    async go(site) {
      const scene = await site.scene();
      for (const { id } of scene.jobs) await site.cvat.updateJob(id, { state: 'completed' });
      const told = await refusal(site.import(scene));
      await drawFirst(site, scene);
      return told;
    },
  },
  {
    name: 'a backup that cannot be stored',
    told: { refused: { type: 'StoreUnreachable' }, finishes: 0 },
    async go(site) {
      const scene = await site.scene({ overwrite: true });
      await drawFirst(site, scene);
      const guard = await site.guard(scene);
      site.meddling.store = () => ({
        put: async () => {
          throw new MaskloopError('StoreUnreachable', 'The disk is full.');
        },
      });
      return { refused: await refusal(site.send(scene, guard)), finishes: site.finishes(scene.task.taskId) };
    },
  },
  {
    name: 'ground truth on the same frames',
    told: { adopted: false },
    async go(site) {
      const scene = await site.scene();
      const { taskId } = scene.task;
      const wish = { type: 'ground_truth', task_id: taskId, frame_selection_method: 'manual', frames: [0, 3] };
      const { json } = await site.people.call('POST', '/api/jobs', wish);
      await site.people.draw(Number(at(json, 'id')), 0);
      return site.import(scene);
    },
  },
  {
    name: 'replicas that other people annotate for a consensus',
    told: { adopted: false },
    async go(site) {
      const scene = await replicatedTask(site);
      const jobs = await site.cvat.jobs(scene.task.taskId, { type: 'consensus_replica' });
      for (const { id, startFrame } of jobs) await site.people.draw(id, startFrame);
      return site.import(scene);
    },
  },
  {
    name: 'frames that a ground truth pool has copies of',
    told: { type: 'FrameMismatch' },
    async go(site) {
      const scene = await pooledTask(site);
      for (const { id, startFrame } of await site.cvat.jobs(scene.task.taskId)) await site.people.draw(id, startFrame);
      return refusal(site.import(scene));
    },
  },
];
