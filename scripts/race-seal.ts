/**
 * Edits a task at random moments before, during and after its seal, 100 times on each version of the stand-in, and counts
 * the edits that are in the seal, found by a later look, or lost. Exit code 1 if one is lost.
 *
 * usage: tsx scripts/race-seal.ts [TRIES]
 */
import { openActivitySite, prepareImport } from '../test/kit/activity-site.ts';
import { completeJobs } from '../test/kit/annotate.ts';
import { raceSeal } from '../test/kit/race-seal.ts';
import { raceSite } from '../test/kit/race-site.ts';

const tries = Number(process.argv[2] ?? 100);

for (const version of ['2.73.0', '2.54.1'] as const) {
  const site = await openActivitySite({ frames: 6, version });
  const prepared = await prepareImport(site);
  await site.run('importPreannotations', prepared);
  await completeJobs(site, prepared.task.taskId);
  const { sealed, found, lost } = await raceSeal(raceSite(site, prepared.task), prepared.task, tries);
  console.log(`CVAT ${version}: ${tries} edits, ${sealed} in the seal, ${found} found later, ${lost} lost`);
  if (lost > 0) process.exitCode = 1;
  await site.close();
}
