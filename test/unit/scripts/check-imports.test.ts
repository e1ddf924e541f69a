import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkImports } from '../../../scripts/imports/check-imports.ts';
import { listSourceFiles } from '../../../scripts/list-files.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'maskloop-imports-'));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

/** Writes a project of these files and checks it. */
async function check(files: Record<string, string>): Promise<readonly string[]> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  }
  const { modules, problems } = await checkImports(root, await listSourceFiles(root));
  expect(modules).toBe(Object.keys(files).length);
  return problems;
}

const LEAF = 'export const leaf = 1;\n';

describe('the import rule', () => {
  it('accepts what the table allows, in every form of import', async () => {
    const problems = await check({
      'src/contracts/ids.ts': LEAF,
      'src/coco/rle.ts': LEAF,
      'src/cvat/client.ts':
        "import { fetch } from 'undici';\nexport { leaf } from '../contracts/ids.ts';\nvoid fetch;\n",
      'src/workflows/iteration.ts':
        "import { condition } from '@temporalio/workflow';\nimport '../contracts/ids.ts';\n",
      'src/activities/convert.ts': "const rle = await import('../coco/rle.ts');\nimport '@temporalio/activity';\n",
      'src/cli.ts': "import './activities/convert.ts';\nprocess.stdout.write(String(process.env['A']));\n",
      'test/unit/a.test.ts': "import '../../src/coco/rle.ts';\nprocess.env['A'] = '1';\n",
    });
    expect(problems).toEqual([]);
  });

  it.each([
    ['src/coco/a.ts', "import { x } from '../cvat/b.ts';", 'coco may not import cvat'],
    ['src/coco/a.ts', "import type { X } from '../cvat/b.ts';", 'coco may not import cvat'],
    ['src/coco/a.ts', "export { x } from '../cvat/b.ts';", 'coco may not import cvat'],
    ['src/coco/a.ts', "await import('../cvat/b.ts');", 'coco may not import cvat'],
    ['src/coco/a.ts', 'await import(`../cvat/b.ts`);', 'coco may not import cvat'],
    ['src/coco/a.ts', "export type Y = import('../cvat/b.ts').X;", 'coco may not import cvat'],
    ['src/sandbox/a.ts', "import { x } from '../cvat/b.ts';", 'sandbox may not import cvat'],
    ['src/cvat/a.ts', "import '@temporalio/common';", 'cvat may not import @temporalio/common'],
    ['src/cli/a.ts', "import '@temporalio/client';", 'cli may not import @temporalio/client'],
    ['src/workflows/a.ts', "import '../cvat/b.ts';", 'workflows may not import cvat'],
    ['src/workflows/a.ts', "import { z } from 'zod';", 'workflows may not import packages (zod)'],
    ['src/workflows/a.ts', "import 'node:fs';", 'workflows may not import modules of Node'],
    ['src/workflows/a.ts', "import 'fs';", 'workflows may not import modules of Node'],
    [
      'src/contracts/a.ts',
      "import '@temporalio/workflow/lib/x';",
      'contracts may not import @temporalio/workflow/lib/x',
    ],
    ['src/coco/a.ts', "import '../../test/kit.ts';", 'which lies outside src'],
    ['src/coco/a.ts', "import '../cli.ts';", 'coco may not import root'],
    ['src/helpers/a.ts', 'export const x = 1;', 'the room helpers is not in'],
  ])('finds in %s the violation %s', async (file, line, reason) => {
    const others = { 'src/cvat/b.ts': 'export const x = 1;\n', 'src/cli.ts': LEAF, 'test/kit.ts': LEAF };
    const problems = await check({ ...others, [file]: `// Größe first\n\n${line}\n` });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(reason);
    expect(problems[0]).toMatch(reason.includes('not in') ? `${file}:1 ` : `${file}:3 `);
  });

  it.each([
    'export const a = process.env;',
    "export const a = process['env'];",
    'export const { env } = process;',
    'export const a = globalThis.process.env;',
    "import { env as e } from 'node:process';",
    "import proc from 'process';",
  ])('finds the environment read outside a composition root: %s', async (line) => {
    const problems = await check({ 'src/coco/a.ts': `${line}\n`, 'src/worker.ts': `${line}\n` });
    expect(problems).toEqual(['src/coco/a.ts:1 process.env is read by composition roots only']);
  });

  it('is not misled by comments, strings, types and members of the same name', async () => {
    const innocent = [
      "// import '../cvat/b.ts'; process.env",
      'export const text = "import \'../cvat/b.ts\'; process.env";',
      'export type Environment = NodeJS.ProcessEnv;',
      'export const value = { process: { env: 1 } }.process;',
      'export function read(env: Environment): unknown { return env; }',
    ].join('\n');
    expect(await check({ 'src/coco/a.ts': innocent })).toEqual([]);
  });

  it('finds writes to the terminal outside cli and composition roots', async () => {
    const write = "process.stderr.write('');\n";
    const problems = await check({ 'src/cvat/a.ts': write, 'src/cli/b.ts': write, 'src/cli.ts': write });
    expect(problems).toEqual(['src/cvat/a.ts:1 process.stderr is written by cli/ and composition roots only']);
  });

  it('finds `export *`, a missing file, and a missing ending', async () => {
    const problems = await check({
      'src/coco/a.ts': "export * from './b.ts';\nimport './gone.ts';\nimport './folder';\n",
      'src/coco/b.ts': LEAF,
      'src/coco/folder/index.ts': LEAF,
    });
    expect(problems).toEqual([
      'src/coco/a.ts:1 `export *` hides what is exported: name it',
      'src/coco/a.ts:2 ./gone.ts leads to no file',
      'src/coco/a.ts:3 ./folder has no file ending',
    ]);
  });

  it('finds a cycle and names its way, also where one import is of a type', async () => {
    const problems = await check({
      'src/coco/a.ts': "import './b.ts';\n",
      'src/coco/b.ts': "import './c.ts';\n",
      'src/coco/c.ts': "import type { X } from './a.ts';\nimport './d.ts';\n",
      'src/coco/d.ts': LEAF,
    });
    expect(problems).toEqual([
      'src/coco/a.ts:1 import cycle: src/coco/a.ts -> src/coco/b.ts -> src/coco/c.ts -> src/coco/a.ts',
    ]);
  });

  it('finds a module that cannot be parsed or imports what it computes', async () => {
    const problems = await check({ 'src/coco/a.ts': 'const = 1;\n', 'src/coco/b.ts': 'await import(name);\n' });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^src\/coco\/a\.ts:1 cannot be read: /);
    expect(problems[1]).toContain('an import of something that is not a literal');
  });

  it('fails when it finds no module at all', async () => {
    const { modules, problems } = await checkImports(root, await listSourceFiles(root));
    expect(modules).toBe(0);
    expect(problems).toEqual([`no module found in ${root}`]);
  });

  it('lets pages be built from the API alone where nothing that it reaches at run time needs Node', async () => {
    const files = {
      'src/api/a.ts': "import { b } from '../contracts/b.ts';\nimport { z } from 'zod';\nvoid [b, z];\n",
      'src/contracts/b.ts':
        "import type { C } from './c.ts';\nexport { type C as D } from './c.ts';\nexport const b: C = 1;\n",
      'src/contracts/c.ts':
        "import { defineSignal } from '@temporalio/workflow';\nexport type C = number;\nvoid defineSignal;\n",
      'src/storage/d.ts': "import { stat } from 'node:fs/promises';\nexport const d = stat;\n",
    };
    expect(await check(files)).toEqual([]);
    const reaching = { ...files, 'src/api/a.ts': "import { d } from '../storage/d.ts';\nvoid d;\n" };
    expect(await check(reaching)).toEqual([
      'src/storage/d.ts:1 pages in a browser are built from this; node:fs/promises is not for them',
    ]);
  });
});
