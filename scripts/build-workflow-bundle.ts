/** Bundles the workflows into dist/workflow-bundle.js, so that a worker starts without bundling. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const workflowsPath = path.join(root, 'src/workflows/index.ts');
const bundlePath = path.join(root, 'dist/workflow-bundle.js');

if (!existsSync(workflowsPath)) {
  process.stderr.write('workflow bundle: src/workflows/index.ts does not exist\n');
  process.exit(1);
}

const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
await mkdir(path.dirname(bundlePath), { recursive: true });
await writeFile(bundlePath, code);
process.stdout.write(`workflow bundle: ${(code.length / 1_000_000).toFixed(2)} MB\n`);
