import { link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { measure } from './measure.ts';
import { ScriptFailed } from './python.ts';

/** `maskloop convert` may take so much, in MB of 10^6 bytes, however many masks there are. */
const LIMIT_MB = 400;
const MB_IN_MIB = 2 ** 20 / 10 ** 6;

/**
 * Prints the peak memory of a command at several numbers of masks. The masks are hard links of those that are there:
 * the command reads and converts every one of them, and the disk holds few.
 *
 * @param sources folder of the masks that are linked
 * @param command the command for a folder of masks; it runs in an empty folder and writes there
 * @throws ScriptFailed above the limit, after all numbers
 */
export async function reportMemory(
  dir: string,
  sources: string,
  numbers: readonly number[],
  command: (masks: string) => readonly string[],
): Promise<void> {
  const names = await readdir(sources);
  let highest = 0;
  for (const number of numbers) {
    const [masks, out] = [join(dir, `masks-${number}`), join(dir, `out-${number}`)];
    for (const folder of [masks, out]) await mkdir(folder);
    for (let index = 0; index < number; index += 1) {
      const name = `frame_${String(index).padStart(7, '0')}.png`;
      await link(join(sources, names[index % names.length] ?? ''), join(masks, name));
    }
    const { wall, cpu, peakMiB } = measure(out, command(masks));
    const peak = peakMiB * MB_IN_MIB;
    highest = Math.max(highest, peak);
    const written = await bytesIn(out);
    console.log(
      `${number} masks: peak ${peak.toFixed(0)} MB, ${wall.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, ` +
        `${(written / 10 ** 6).toFixed(0)} MB written`,
    );
    for (const folder of [masks, out]) await rm(folder, { recursive: true });
  }
  if (highest > LIMIT_MB) throw new ScriptFailed(`The limit is ${LIMIT_MB} MB.`);
  console.log(`the limit of ${LIMIT_MB} MB is kept`);
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
