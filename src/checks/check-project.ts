import type { Finding } from '../contracts/doctor.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { fine, problem, warning } from './finding.ts';

/** More labels than these are counted, not listed. */
const MAX_LISTED = 20;

/** The project of exactly this name, and its labels. */
export async function checkProject(cvat: Cvat, name: string, signal: AbortSignal): Promise<readonly Finding[]> {
  const project = await cvat.findProject(name, signal);
  if (project === null) {
    return [
      problem(
        `no project is named "${name}"`,
        'Make it in CVAT, have the start make it (on the command line: `--create-project`), or check the organization.',
      ),
    ];
  }
  const labels = (await cvat.projectLabels(project.id, signal)).map((label) => label.name);
  if (labels.length === 0)
    return [warning(`project "${name}" has no labels`, 'Add a label for each category in CVAT.')];
  const more = labels.length > MAX_LISTED ? ` and ${labels.length - MAX_LISTED} more` : '';
  return [fine(`project "${name}" has ${labels.length} labels: ${labels.slice(0, MAX_LISTED).join(', ')}${more}`)];
}
