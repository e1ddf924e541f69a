import type { Finding, ServerFindings } from '../contracts/doctor.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { MonaiLabel } from '../monai/monai.ts';
import { checkCvat } from './check-cvat.ts';
import { checkMonai } from './check-monai.ts';
import { compareLabels } from './compare-labels.ts';
import { fine } from './finding.ts';
import { lookAll } from './look.ts';

/** Time for the labels of one project and the models, in milliseconds. */
const LIMIT_MS = 5000;

/** A connection as far as it is looked at. */
interface Checked {
  readonly cvat: Cvat;
  readonly monai: MonaiLabel | null;
  readonly trainer: { readonly kind: string; readonly address: string } | null;
}

/**
 * Both servers of a connection, at the same time, and whether they mean the same by their labels. `projects` are looked
 * for in CVAT.
 */
export async function checkConnection(
  name: string,
  servers: Checked,
  projects: readonly string[],
): Promise<readonly ServerFindings[]> {
  const { cvat, monai, trainer } = servers;
  const trains = trainer?.kind === 'command' ? `none is needed: a program trains in ${trainer.address}` : null;
  const without = [fine(trains ?? 'none is configured: iterations run with --no-train only')];
  const [ofCvat, ofMonai] = await Promise.all([
    checkCvat(cvat, projects),
    monai === null ? without : checkMonai(monai),
  ]);
  const areSound = [...ofCvat, ...ofMonai].every(({ level }) => level !== 'problem');
  const ofLabels = monai === null || !areSound ? [] : await labelFindings(cvat, monai, projects);
  return [
    { connection: name, server: 'CVAT', findings: ofCvat },
    { connection: name, server: 'MONAI Label', findings: [...ofMonai, ...ofLabels] },
  ];
}

function labelFindings(cvat: Cvat, monai: MonaiLabel, projects: readonly string[]): Promise<readonly Finding[]> {
  const looks = projects.map((name) => async (signal: AbortSignal): Promise<readonly Finding[]> => {
    const project = await cvat.findProject(name, signal);
    if (project === null) return [];
    const labels = (await cvat.projectLabels(project.id, signal)).filter(({ parentId }) => parentId === undefined);
    if (labels.length === 0) return [];
    return compareLabels(
      name,
      labels.map((label) => label.name),
      await monai.info(signal),
    );
  });
  return lookAll('the labels', LIMIT_MS, looks);
}
