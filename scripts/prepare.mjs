/**
 * Makes a checkout ready for tests or the demo, from nothing but Node: packages, build, Temporal's programs
 * (those named as arguments, all without any). Does only what is missing, so that the second run takes a second.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const OLDEST_NODE = [20, 19];
const root = path.resolve(import.meta.dirname ?? '.', '..');

refuseOldNode();
if (!packagesAreInstalled()) {
  process.stderr.write('Installing packages (npm ci) …\n');
  run('npm', ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
}
run(process.execPath, ['scripts/build.mjs', '--if-changed']);
run(process.execPath, ['--import', 'tsx', 'scripts/ensure-temporal.ts', ...process.argv.slice(2)]);

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  process.stderr.write(`maskloop needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** True if node_modules holds the versions that package-lock.json names; npm writes its own list when it is done. */
function packagesAreInstalled() {
  const listOfInstalled = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(listOfInstalled)) return false;
  const locked = readPackages(path.join(root, 'package-lock.json'));
  const installed = readPackages(listOfInstalled);
  return Object.entries(locked).every(([where, wanted]) => {
    if (where === '') return true;
    const found = installed[where];
    // Parts for other platforms are left out by npm.
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) process.stderr.write(`${program} could not be started: ${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
}
