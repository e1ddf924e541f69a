/**
 * Builds dist/: compiled sources with declarations, the workflow bundle that workers load, and the pages.
 * With --if-changed only if what it is made from has changed since the last build that succeeded.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const stamp = path.join(root, '.cache/build-inputs.sha256');
const bin = path.join(root, 'node_modules/.bin');

const inputs = hashInputs();
if (process.argv.includes('--if-changed') && isBuiltFrom(inputs)) process.exit(0);

const startedAt = performance.now();
rmSync(stamp, { force: true });
rmSync(dist, { recursive: true, force: true });
run(path.join(bin, 'tsc'), ['-p', 'tsconfig.build.json']);
run(path.join(bin, 'tsx'), ['scripts/build-workflow-bundle.ts']);
run(path.join(bin, 'tsx'), ['scripts/build-web.ts']);
chmodSync(path.join(dist, 'cli.js'), 0o755);
writeFileSync(path.join(dist, 'build.json'), `${JSON.stringify({ commit: commit() })}\n`);
mkdirSync(path.dirname(stamp), { recursive: true });
writeFileSync(stamp, inputs);
const programs = readdirSync(dist, { recursive: true }).filter(
  (file) => file.endsWith('.js') && !file.startsWith('web'),
).length;
process.stdout.write(`build: ${programs} modules in dist/, ${seconds(performance.now() - startedAt)}\n`);

function isBuiltFrom(hash) {
  if (!existsSync(path.join(dist, 'cli.js')) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === hash;
}

/** Hash over names and contents of everything that decides what dist/ holds. */
function hashInputs() {
  const sources = ['src', 'web', 'scripts/web']
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
  const settings = ['package-lock.json', 'tsconfig.base.json', 'tsconfig.build.json'];
  const builders = ['scripts/build.mjs', 'scripts/build-workflow-bundle.ts', 'scripts/build-web.ts'];
  const hash = createHash('sha256');
  for (const file of [...sources, ...settings, ...builders].toSorted((a, b) => (a < b ? -1 : 1))) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The commit that is built, with a `+` behind it where files differ from it; null outside of a repository, unless it is told. */
function commit() {
  if (process.env['MASKLOOP_COMMIT']) return process.env['MASKLOOP_COMMIT'];
  const head = git(['rev-parse', 'HEAD']);
  if (head.status !== 0) return null;
  const isClean = git(['status', '--porcelain', '--', 'src', 'web', 'package-lock.json']).stdout === '';
  return head.stdout.trim() + (isClean ? '' : '+');
}

function git(args) {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8' });
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) process.stderr.write(`${program} could not be started: ${error.message}\n`);
  if (status !== 0) {
    process.stderr.write(`build: ${path.basename(program)} ${args.join(' ')} failed\n`);
    process.exit(status ?? 1);
  }
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
