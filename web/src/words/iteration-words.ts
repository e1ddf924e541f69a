import { placeOfId } from '../../../src/contracts/ids.ts';

/** An iteration by project and task, with its connection where that is another than `default`: `SurgVU / Batch 7`. */
export function iterationWords(id: string): string {
  const { connection, project, task } = placeOfId(id);
  const round = /~(\d+)$/.exec(id)?.[1];
  const words = [...(connection === 'default' ? [] : [connection]), project, task].join(' / ');
  return round === undefined ? words : `${words} (${round})`;
}
