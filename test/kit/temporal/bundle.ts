import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, type WorkflowBundlePath, bundleWorkflowCode } from '@temporalio/worker';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CACHE = path.join(ROOT, '.cache/workflow-bundles');

/** The workflows of maskloop. */
export const WORKFLOWS_PATH = path.join(ROOT, 'src/workflows/index.ts');

const bundles = new Map<string, Promise<WorkflowBundlePath>>();

/**
 * The bundle of the workflows exported by a module, made once: kept in memory for the test file and on disk for
 * the others, by a hash of everything it can be made from.
 */
export async function workflowBundle(workflowsPath: string = WORKFLOWS_PATH): Promise<WorkflowBundlePath> {
  const known = bundles.get(workflowsPath);
  if (known !== undefined) return known;
  const bundle = makeBundle(workflowsPath);
  bundles.set(workflowsPath, bundle);
  return bundle;
}

async function makeBundle(workflowsPath: string): Promise<WorkflowBundlePath> {
  const codePath = path.join(CACHE, `${await hashInputs(workflowsPath)}.js`);
  if (existsSync(codePath)) return { codePath };
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  await mkdir(CACHE, { recursive: true });
  const partial = `${codePath}.${process.pid}`;
  await writeFile(partial, code);
  await rename(partial, codePath);
  return { codePath };
}

/** Workflows import their own folder, contracts and the SDK: those decide what the bundle holds. */
async function hashInputs(workflowsPath: string): Promise<string> {
  const hash = createHash('sha256').update(workflowsPath);
  const folders = new Set([
    path.dirname(workflowsPath),
    path.join(ROOT, 'src/workflows'),
    path.join(ROOT, 'src/contracts'),
  ]);
  const files = [path.join(ROOT, 'package-lock.json')];
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    const names = await readdir(folder, { recursive: true });
    files.push(...names.filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name)));
  }
  for (const file of files.toSorted()) {
    const content = await readFile(file);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}
