import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandRun } from './run-folder.ts';
import { inFolder } from './folder.ts';
import { LOCK } from './where-it-runs.ts';

/**
 * What leads the process group of a run. It holds a lock, by which those see that it lives who cannot see its number; the kernel
 * releases it with the last process that has inherited it. It notes its number and start, and runs nothing if somebody has noted
 * before that the run is over; it runs the program; publishes the model if there is one; and notes how it ended. All
 * of this goes on without the worker. Told to end, it waits for the program, which is told as well.
 *
 * `$1` is the file that is published to; the rest is the program with its arguments.
 */
const LEADER = `
trap : TERM INT HUP
exec 9>${LOCK.file}
flock -w 5 9 2>/dev/null && : >${LOCK.taken}
mark=$( { cat /proc/sys/kernel/random/boot_id && cut -d' ' -f22 /proc/$$/stat; } 2>/dev/null )
set -C
printf '%s\\n%s\\n' $$ "$mark" 2>/dev/null >pid || exit 0
set +C
target=$1
shift
"$@"
code=$?
if [ $code -eq 0 ]; then
  if [ -s model ]; then cp model "$target.new" && mv -f "$target.new" "$target" || code=publish
  else code=nomodel
  fi
fi
echo $code >exit.new && mv -f exit.new exit
`;

/** Starts the program of a run, detached from the worker: its output goes to files, and it outlives the worker. */
export async function launch(
  run: Pick<CommandRun, 'folder'>,
  { command, environment }: { readonly command: readonly string[]; readonly environment: NodeJS.ProcessEnv },
  target: string,
): Promise<void> {
  const output = await inFolder(run.folder, async () => open(join(run.folder, 'output.log'), 'a'));
  try {
    const child = spawn('/bin/sh', ['-c', LEADER, 'maskloop-run', target, ...command], {
      cwd: run.folder,
      env: environment,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
  } finally {
    await output.close();
  }
}
