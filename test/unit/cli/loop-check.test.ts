import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loopSources } from '../../../src/cli/loop-sources.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { parseLoopPolicy } from '../../../src/loop-file/policy/stored-policy.ts';
import { readLoopFile } from '../../../src/loop-file/read-loop-file.ts';
import { describeFolder } from '../../../src/storage/folder-digest.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { EXAMPLE, exampleFolder, LEAST } from '../loop-file/example.ts';
import { fakeTerminal } from './fake-context.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await exampleFolder();
  file = path.join(folder, 'maskloop.yaml');
});
afterEach(async () => rm(folder, { recursive: true }));

/** Runs `loop check` with nothing but the disk: a store or a server that was asked would fail. */
async function check(...words: readonly string[]) {
  const terminal = fakeTerminal({ describeFolder: (dir) => describeFolder(dir) });
  const code = await runCli(['loop', 'check', file, ...words], terminal.context);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('loop check', () => {
  it('says in plain words what the file means', async () => {
    const { code, stdout, stderr } = await check();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`\nclasses            ${path.join(folder, 'categories.json')}\n`);
    expect(stdout).toContain(
      `\nfirst masks        ${path.join(folder, 'masks')}, 1 file; then what the published model`,
    );
    expect(stdout).toContain('\npeople             jobs are given to anna, ben;');
    expect(stdout).not.toMatch(/undefined|null|\[object|NaN/);
  });

  it('prints the document that a loop would work by with --json', async () => {
    const { stdout } = await check('--json');
    expect(parseLoopPolicy(Buffer.from(stdout))).toMatchObject({ name: 'instruments', batchSize: 50 });
  });

  it('does not ask CVAT for the classes of a project', async () => {
    await writeFile(file, LEAST.replace('categories.json', 'cvat'));
    expect((await check()).stdout).toContain('labels of project "P" in CVAT, numbered from 1');
  });

  it('ends with 2 and all problems, each with line and column', async () => {
    await writeFile(file, EXAMPLE.replace('deadline: 14d', 'deadline: 14').replace('pace: cont', 'pase: cont'));
    const { code, stdout, stderr } = await check();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/has 2 problems:\n.*:9:1 pase is not known here; did you mean pace\?\n.* cvat\.deadline /);
    const json = await check('--json');
    const { error } = JSON.parse(json.stderr) as { error: { facts: { problems: readonly object[] } } };
    expect(error.facts.problems).toHaveLength(2);
  });
});

describe('a file that is read for a loop', () => {
  it('has its lists stored, and its classes from the project where it says so', async () => {
    const store = openStore(path.join(folder, 'store'));
    const categories = await store.put(Buffer.from('[{"id":1,"name":"liver"}]'));
    const { context } = fakeTerminal({
      describeFolder: (dir) => describeFolder(dir),
      putArtifact: (content) => store.put(content),
    });
    const asked: object[] = [];
    const sources = loopSources(
      context,
      {
        projectCategories: async (where) => {
          asked.push(where);
          return { categories, rows: [{ value: 1, name: 'liver' }], classes: 1 };
        },
      },
      true,
    );
    const stored = await readLoopFile(file, sources);
    expect(Buffer.from(await store.get(stored.categories)).toString()).toContain('instrument');
    await writeFile(
      file,
      LEAST.replace('categories.json', 'cvat').replace('segmentation }', 'm, gateFloor: { liver: 0.5 } }'),
    );
    expect(await readLoopFile(file, sources)).toMatchObject({ categories });
    expect(asked).toEqual([{ connection: 'default', project: 'P' }]);
    await writeFile(
      file,
      LEAST.replace('categories.json', 'cvat').replace('segmentation }', 'm, gateFloor: { lung: 0.5 } }'),
    );
    await expect(readLoopFile(file, sources)).rejects.toThrow('training.gateFloor.lung is no class of the categories');
  });
});
