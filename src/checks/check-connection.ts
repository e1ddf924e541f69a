import type { ServerFindings } from '../contracts/doctor.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { MonaiLabel } from '../monai/monai.ts';
import { checkCvat } from './check-cvat.ts';
import { checkMonai } from './check-monai.ts';
import { fine } from './finding.ts';

/** Both servers of a connection, at the same time. `project` is looked for in CVAT; null for none. */
export async function checkConnection(
  name: string,
  { cvat, monai }: { readonly cvat: Cvat; readonly monai: MonaiLabel | null },
  project: string | null,
): Promise<readonly ServerFindings[]> {
  const without = [fine('none is configured: iterations run with --no-train only')];
  const [ofCvat, ofMonai] = await Promise.all([checkCvat(cvat, project), monai === null ? without : checkMonai(monai)]);
  return [
    { connection: name, server: 'CVAT', findings: ofCvat },
    { connection: name, server: 'MONAI Label', findings: ofMonai },
  ];
}
