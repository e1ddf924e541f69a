import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { runCli } from '../../../src/cli/run-cli.ts';
import { parseCategories } from '../../../src/coco/categories.ts';
import { surveyMasks } from '../../../src/coco/survey-masks.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { createCvat } from '../../../src/cvat/client.ts';
import { surveyServers } from '../../../src/inspection/survey/survey-servers.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { RunningServer } from '../../../src/sandbox/running-server.ts';
import { startSandboxMonai } from '../../../src/sandbox/monai/start-sandbox-monai.ts';
import { parseLoopFile } from '../../../src/loop-file/parse-loop-file.ts';
import { toldOf } from '../loop-file/example.ts';
import { fakeTerminal } from './fake-context.ts';

let cvat: SandboxCvat;
let monai: RunningServer;
let folder = '';

beforeAll(async () => {
  [cvat, monai] = await Promise.all([startSandboxCvat(), startSandboxMonai({})]);
});
afterAll(async () => Promise.all([cvat.close(), monai.close()]));
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-init-'));
});
afterEach(async () => rm(folder, { recursive: true }));

/** Settings of a machine that reaches both servers. */
function servers(): Record<string, string> {
  const { username, password } = SANDBOX_ADMIN;
  return { CVAT_URL: cvat.url, CVAT_USERNAME: username, CVAT_PASSWORD: password, MONAI_LABEL_URL: monai.url };
}

async function project(name: string, labels: readonly string[]): Promise<void> {
  const client = createCvat({ url: cvat.url, credentials: async () => ({ kind: 'password', ...SANDBOX_ADMIN }) });
  await client.createProject({ name, labels });
}

async function init(env: Record<string, string>, ...flags: readonly string[]) {
  const terminal = fakeTerminal({
    schemaFile: path.join(folder, 'package/docs/maskloop.schema.json'),
    parseCategories: async (text, where) => parseCategories(text, where),
    surveyServers: (request) => surveyServers({ ...request, env }),
    surveyMasks,
  });
  const code = await runCli(['init', '--dir', folder, ...flags], terminal.context);
  const text = await readFile(path.join(folder, 'maskloop.yaml'), 'utf8').catch(() => '');
  return { code, text, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

/** Writes masks with these values. */
async function masks(dir: string, values: Readonly<Record<string, readonly number[]>>): Promise<void> {
  for (const [name, pixels] of Object.entries(values)) {
    const file = path.join(folder, dir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, writeMask({ width: pixels.length, height: 1, values: Uint8Array.from(pixels) }));
  }
}

describe('init', () => {
  it('writes a file that the loader takes, from what it looks up at both servers and in the folders', async () => {
    await project('SurgVU', ['instrument', 'gallbladder', 'fat']);
    await masks('masks', { 'video_1/1.png': [0, 1], 'video_1/2.png': [2, 1], 'video_2/1.png': [3, 3] });
    for (const name of ['video_1/1.png', 'video_1/2.png', 'video_2/1.jpg', 'video_2/notes.txt']) {
      await mkdir(path.dirname(path.join(folder, 'frames', name)), { recursive: true });
      await writeFile(path.join(folder, 'frames', name), 'x');
    }
    const { code, text, stdout, stderr } = await init(servers());
    expect([code, stdout]).toEqual([0, `${path.join(folder, 'maskloop.yaml')}\n`]);
    expect(toldOf(text)).toEqual([]);
    expect(parseLoopFile(text, 'f').content).toMatchObject({
      name: 'SurgVU loop',
      project: 'SurgVU',
      categories: 'cvat',
      group: 'folder',
      pool: { images: 'frames' },
      masks: { first: 'masks' },
      training: { model: 'segmentation' },
    });
    expect(text).toMatch(/^# yaml-language-server: \$schema=package\/docs\/maskloop\.schema\.json\n/);
    expect(text).toContain('masks, 3 masks; of 3 that were read: values 1 in 2, 2 in 1, 3 in 1');
    expect(text).toContain('1 instrument, 2 gallbladder, 3 fat');
    expect(text).toContain('2 groups of 3 frames');
    expect(text).toContain('# assign: [ admin, annotator ]');
    expect(stderr).toContain(`maskloop loop check ${path.join(folder, 'maskloop.yaml')}`);
    expect(stderr).not.toContain('TODO');
  });

  it('takes frames alone for frames, where masks lie beside them', async () => {
    await masks('frames/masks', { '1.png': [0, 1] });
    await mkdir(path.join(folder, 'frames', 'images'));
    await writeFile(path.join(folder, 'frames', 'images', '1.png'), 'x');
    const { text } = await init(servers());
    expect(text).toMatch(/^ {2}images: frames\/images( |$)/m);
  });

  it('replaces no file', async () => {
    await writeFile(path.join(folder, 'maskloop.yaml'), 'mine');
    const { code, text, stderr } = await init({});
    expect([code, text]).toEqual([2, 'mine']);
    expect(stderr).toContain('error LoopFileExists');
  });

  it('comments what it could not find, with the reason, and the loader names the same keys', async () => {
    const { code, text, stderr } = await init({});
    expect(code).toBe(0);
    expect(text).toContain('# TODO project: its name in CVAT; CVAT_URL is not set here');
    expect(toldOf(text).map((line) => line.replace(/^\d+:\d+ /, ''))).toEqual([
      'project is missing',
      'categories is missing',
      'pool is missing',
      'training.model is missing',
    ]);
    for (const key of ['project', 'categories', 'pool.images', 'training.model'])
      expect(stderr).toContain(`TODO ${key}: `);
  });

  it('says why a server tells nothing, and looks at the other one all the same', async () => {
    const refused = await init({ ...servers(), CVAT_PASSWORD: 'wrong' }, '--project', 'P');
    expect(refused.text).toMatch(/# CVAT: .*Unable to log in/);
    expect(refused.text).toContain('model: segmentation');
    expect(refused.text).not.toContain('wrong');
    await rm(path.join(folder, 'maskloop.yaml'));
    const alone = await init({ ...servers(), MONAI_LABEL_URL: '' });
    expect(alone.text).toContain('# TODO model: trainer in MONAI Label: MONAI_LABEL_URL is not set here');
  });

  it('takes what is named, and says where the servers know better', async () => {
    await project('Second', []);
    const several = await init(servers());
    expect(several.text).toMatch(/# TODO project: its name in CVAT: one of .*Second/);
    await rm(path.join(folder, 'maskloop.yaml'));
    const named = await init(servers(), '--project', 'Unknown', '--model', 'spleen');
    expect(named.text).toContain('project: Unknown # CVAT has none of this name yet; see cvat.createProject\n');
    expect(named.text).toMatch(/^ {2}createProject: true # the first task makes the project/m);
    expect(several.text).toMatch(/^ {2}# createProject: true # make the project where there is none$/m);
    expect(named.text).toMatch(/# TODO model: trainer in MONAI Label: .* cannot train "spleen", but segmentation/);
  });

  it('holds the values of masks against the classes of a file, and says what the project lacks', async () => {
    await masks('masks', {
      'a_1.png': [0, 255],
      'a_2.png': [1, 0],
      'a_3.png': [1],
      'b_1.png': [1],
      'b_2.png': [1],
      'b_3.png': [1],
    });
    await writeFile(path.join(folder, 'categories.json'), '[{"id":1,"name":"needle"}]');
    const { text } = await init(servers(), '--project', 'SurgVU', '--images', path.join(folder, 'masks'));
    expect(text).toContain('categories: categories.json # 1 needle');
    expect(text).toContain('# TODO map: masks hold 255, which is no class');
    expect(text).toContain('# classes: the project has no label needle; syncLabels adds it');
    expect(parseLoopFile(text, 'f').content.group).toBe(String.raw`^(.+?)[_-]?\d+\.[^.]+$`);
    expect(text).toContain('2 groups of 6 frames');
  });

  it('asks for the colours of masks in colour, and takes a label map that lies beside them', async () => {
    const colours = PNG.sync.write(new PNG({ width: 1, height: 1 }));
    await masks('masks', { 'b.png': [1] });
    await writeFile(path.join(folder, 'masks/a.png'), colours);
    await writeFile(path.join(folder, 'masks/c.png'), 'no PNG');
    const without = await init({});
    expect(without.text).toContain("# TODO labelMap: 1 of 3 masks are in colour: name CVAT's labelmap.txt");
    expect(without.text).toMatch(/# masks: masks, 3 masks; .*values 1 in 1; 1 in colour; cannot be read: c\.png/);
    await rm(path.join(folder, 'maskloop.yaml'));
    await writeFile(path.join(folder, 'labelmap.txt'), 'needle:255,0,0::');
    expect((await init({})).text).toContain('labelMap: labelmap.txt # 1 of 3 masks are in colour');
  });

  it('keeps names of servers from breaking out of their comments', async () => {
    await project('Odd', ['a\nname: b', "it's #1: [x]"]);
    const { text } = await init(servers(), '--project', 'Odd', '--images', folder);
    expect(toldOf(text)).toEqual([]);
    expect(text).toContain('1 a name: b');
  });
});
