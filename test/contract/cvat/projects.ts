import { expect, it } from '@jest/globals';
import type { Cases } from '../kit/cases.ts';
import { failureOf } from '../kit/failure-of.ts';
import { ownName } from '../kit/names.ts';
import { at } from '../../kit/talk.ts';

const UNKNOWN = 2_000_000_000;

export const projectCases: Cases = (desk) => {
  it('finds a project by its exact name among similar ones', async () => {
    const name = ownName('Contract');
    const { cvat } = desk();
    const longer = desk().own(await cvat.createProject({ name: `${name}-other`, labels: [] }));
    expect(await cvat.findProject(name)).toBeNull();
    const exact = desk().own(await cvat.createProject({ name, labels: [] }));
    expect(await cvat.findProject(name)).toEqual(exact);
    expect(await cvat.findProject(`${name}-other`)).toEqual(longer);
    expect(await cvat.findProject(name.toLowerCase())).toBeNull();
    const search = await desk().talk('GET', `/api/projects?search=${name}`);
    expect(at(search.json, 'count')).toBe(2);
  });

  it('lists all projects that one may see, oldest first', async () => {
    const [one, two] = [await desk().project(), await desk().project()];
    const ids = (await desk().cvat.projects()).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([one.id, two.id]));
    expect(ids.indexOf(one.id)).toBeLessThan(ids.indexOf(two.id));
  });

  it('allows two projects of one name, which cannot be told apart', async () => {
    const { cvat } = desk();
    const one = await desk().project();
    const two = desk().own(await cvat.createProject({ name: one.name, labels: [] }));
    expect(await failureOf(cvat.findProject(one.name))).toMatchObject({
      code: 'ProjectAmbiguous',
      facts: { ids: [one.id, two.id] },
    });
  });

  it('strips blanks around a name', async () => {
    const name = ownName('contract');
    const made = desk().own(await desk().cvat.createProject({ name: `  ${name} `, labels: [] }));
    expect(made.name).toBe(name);
    expect(await desk().cvat.findProject(` ${name}`)).toEqual(made);
  });

  it('keeps labels in their order, ten a page unless asked for more', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `label ${n} ü/"x"`);
    const project = await desk().project(names);
    expect((await desk().cvat.projectLabels(project.id)).map(({ name }) => name)).toEqual(names);
    const page = await desk().talk('GET', `/api/labels?project_id=${project.id}`);
    expect(at(page.json, 'results', 'length')).toBe(10);
    expect(at(page.json, 'next')).toMatch(/^https?:\/\/.*page=2/);
  });

  it('reads lists of more than a hundred to their end', async () => {
    const names = Array.from({ length: 101 }, (_, n) => `label ${n}`);
    const project = await desk().project(names);
    expect((await desk().cvat.projectLabels(project.id)).map(({ name }) => name)).toEqual(names);
  });

  it('answers 404 "Invalid page." past the end of a list', async () => {
    const project = await desk().project();
    const past = await desk().talk('GET', `/api/labels?project_id=${project.id}&page=2`);
    expect(past).toMatchObject({ status: 404, json: { detail: 'Invalid page.' } });
  });

  it('breaks with a page of HTML over the labels of an unknown project, which is no outage', async () => {
    const { status, text } = await desk().talk('GET', `/api/labels?project_id=${UNKNOWN}`);
    expect(status).toBe(500);
    expect(text).toContain('<html');
    expect(await failureOf(desk().cvat.projectLabels(UNKNOWN))).toMatchObject({ code: 'ProjectNotFound' });
  });

  it('refuses two labels of one name', async () => {
    const failure = await failureOf(desk().cvat.createProject({ name: ownName('contract'), labels: ['a', 'a'] }));
    expect(failure).toMatchObject({ code: 'CvatRejected', facts: { status: 400 } });
    expect(failure.message).toContain('All label names must be unique');
  });

  it('adds labels with their colours behind those that are there, and refuses one of a known name', async () => {
    const { cvat } = desk();
    const project = await desk().project(['tool']);
    await cvat.addLabels(project.id, [{ name: 'tissue', color: '#102030' }]);
    const failure = await failureOf(cvat.addLabels(project.id, [{ name: 'tool', color: '#405060' }]));
    expect(failure).toMatchObject({ code: 'CvatRejected', facts: { status: 400 } });
    expect((await cvat.projectLabels(project.id)).map(({ name }) => name)).toEqual(['tool', 'tissue']);
    const { json } = await desk().talk('GET', `/api/labels?project_id=${project.id}&sort=id`);
    expect(at(json, 'results', 1, 'color')).toBe('#102030');
  });

  it('counts the tasks of a project', async () => {
    const { cvat } = desk();
    const { project } = await desk().task({ frames: ['a.png'] });
    expect(await cvat.projectTasks(project.id)).toBe(1);
  });

  it('deletes a project once, and again without complaint', async () => {
    const project = await desk().project();
    await desk().cvat.deleteProject(project.id);
    expect(await desk().cvat.findProject(project.name)).toBeNull();
    await desk().cvat.deleteProject(project.id);
  });
};
