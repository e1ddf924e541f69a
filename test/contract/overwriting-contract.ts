import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createCvat } from '../../src/cvat/client.ts';
import { JOB_ROUTES } from '../activity/guard/job-routes.ts';
import { LAST_LOOK_ROUTES } from '../activity/guard/last-look-routes.ts';
import { REBUILD_ROUTES } from '../activity/guard/rebuild-routes.ts';
import { RESTORE_ROUTES } from '../activity/guard/restore-routes.ts';
import { RETRY_ROUTES } from '../activity/guard/retry-routes.ts';
import { openGuardPlace, type GuardPlace } from '../kit/guard-site.ts';
import { peopleOf, type KeptShape, type People } from '../kit/people.ts';
import { at } from '../kit/talk.ts';
import { openDesk, type CvatServer, type Desk } from './kit/cvat-desk.ts';
import { ownName } from './kit/names.ts';

/** Ways that need nothing but CVAT's API, and a layer before it that loses answers. */
const GROUPS = [RETRY_ROUTES, LAST_LOOK_ROUTES, JOB_ROUTES, REBUILD_ROUTES, RESTORE_ROUTES];

function isShape(value: unknown): value is KeptShape {
  const isPoints = Array.isArray(at(value, 'points'));
  return isPoints && typeof at(value, 'id') === 'number' && typeof at(value, 'source') === 'string';
}

/** The desk's user at work, who sees what CVAT answers and nothing else. */
function peopleAt({ cvat, talk }: Desk): People {
  return peopleOf({
    async call(method, path, message) {
      const answer = await talk(method, path, message);
      if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
      return answer;
    },
    async shapesOf(jobId) {
      const shapes = at((await talk('GET', `/api/jobs/${jobId}/annotations`)).json, 'shapes');
      return Array.isArray(shapes) ? shapes.filter(isShape) : [];
    },
    async labelOf(jobId) {
      const { projectId } = await cvat.job(jobId);
      return (await cvat.projectLabels(projectId ?? 0))[0]?.id ?? 0;
    },
  });
}

/**
 * No shape of people is overwritten on this CVAT, whichever way leads there that its API allows to go.
 *
 * @param ways `some`: one of each kind
 */
export function overwritingContract(name: string, open: () => Promise<CvatServer>, ways: 'all' | 'some'): void {
  const routes = GROUPS.flatMap((group) => (ways === 'all' ? group : group.slice(0, 1)));
  describe(`no shape of people is overwritten on CVAT: ${name}`, () => {
    let server: CvatServer;
    let desk: Desk;
    let place: GuardPlace;
    beforeAll(async () => {
      server = await open();
      desk = await openDesk(server);
      const { organization } = desk;
      const project = ownName('guarded');
      const quick = server.pace === undefined ? {} : { pace: server.pace };
      place = await openGuardPlace({
        url: server.url,
        reach: (url) =>
          createCvat({
            url,
            publicUrl: server.url,
            organization,
            credentials: async () => server.credentials,
            ...quick,
          }),
        people: peopleAt(desk),
        project,
      });
      await place.scene();
      const made = await desk.cvat.findProject(project);
      if (made === null) throw new Error('there is no project of our own');
      desk.own(made);
    });
    afterAll(async () => {
      await place.close();
      await desk.close();
      await server.close();
    });
    afterEach(async () => {
      place.people.forget();
      await place.calm();
    });

    it.each(routes)('by $name', async ({ go, told }) => {
      expect(await go(place)).toMatchObject(told);
      expect(place.people.remembered()).toBeGreaterThan(0);
      expect(await place.people.losses()).toEqual([]);
    });
  });
}
