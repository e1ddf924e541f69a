import { expect, it } from '@jest/globals';
import { createCvat } from '../../../src/cvat/client.ts';
import type { Cases } from '../kit/cases.ts';
import { failureOf } from '../kit/failure-of.ts';
import { at } from '../../kit/talk.ts';

export const organizationCases: Cases = (desk) => {
  it('puts what is made with the header into the organization', async () => {
    const project = await desk().project();
    const { json } = await desk().talk('GET', `/api/projects/${project.id}`);
    expect(at(json, 'organization')).toEqual(expect.any(Number));
    const within = await desk().talk('GET', `/api/projects?name=${project.name}`);
    expect(at(within.json, 'count')).toBe(1);
  });

  it('lists only the personal space with an empty header, and everything without one', async () => {
    const project = await desk().project();
    const path = `/api/projects?name=${project.name}`;
    const personal = await desk().talk('GET', path, { headers: { 'x-organization': '' } });
    expect(at(personal.json, 'count')).toBe(0);
    const { url, credentials } = desk().server;
    const anywhere = createCvat({ url, credentials: async () => credentials });
    expect(await anywhere.findProject(project.name)).toEqual(project);
  });

  it('refuses a task outside the organization of its project', async () => {
    const project = await desk().project();
    const { url, credentials } = desk().server;
    const outside = createCvat({ url, credentials: async () => credentials });
    const task = { name: 'task', projectId: project.id, bugTracker: '', segmentSize: null };
    const failure = await failureOf(outside.createTask(task));
    expect(failure).toMatchObject({ code: 'CvatRejected' });
    expect(failure.message).toContain('The task and its project should be in the same organization.');
  });

  it('names its members as those whom jobs can be given to, with their ids', async () => {
    const self = await desk().talk('GET', '/api/users/self');
    const person = { id: at(self.json, 'id'), username: at(self.json, 'username') };
    expect(await desk().cvat.people()).toEqual([person]);
    const { url, credentials } = desk().server;
    const anywhere = createCvat({ url, credentials: async () => credentials });
    expect(await anywhere.people()).toContainEqual(person);
  });

  it('answers 404 to an unknown organization, which does not mean that anything is gone', async () => {
    const { url, credentials } = desk().server;
    const lost = createCvat({ url, organization: 'nobody-has-it', credentials: async () => credentials });
    for (const call of [lost.findProject('x'), lost.getTask(1), lost.deleteTask(1)]) {
      const failure = await failureOf(call);
      expect(failure).toMatchObject({ code: 'CvatRejected', facts: { status: 404 } });
      expect(failure.message).toContain('nobody-has-it organization does not exist.');
    }
  });
};
