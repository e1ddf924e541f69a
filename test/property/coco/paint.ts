import type { CocoAnnotation } from '../../../src/coco/coco.ts';

/**
 * Paints annotations into an empty mask, column by column, with a reader of run lengths of its own: the format says
 * that numbers are little-endian groups of five bits, and differences to the run before the last from the fourth on.
 */
export function paint(width: number, height: number, annotations: readonly CocoAnnotation[]): number[] {
  const values = Array<number>(width * height).fill(0);
  for (const { category_id, segmentation } of annotations) {
    let position = 0;
    for (const [index, run] of runsOf(segmentation.counts).entries()) {
      const end = position + run;
      for (; position < end; position += 1) {
        const at = (position % height) * width + Math.floor(position / height);
        if (index % 2 === 1) values[at] = values[at] === 0 ? category_id : NaN;
      }
    }
  }
  return values;
}

function runsOf(counts: string): number[] {
  const numbers = (counts.match(/[P-o]*[0-O]/g) ?? []).map((text) => {
    const groups = text.split('').map((character) => BigInt((character.charCodeAt(0) - 48) % 32));
    const joined = groups.reduceRight((sum, group) => sum * 32n + group, 0n);
    return Number(BigInt.asIntN(5 * groups.length, joined));
  });
  const runs: number[] = [];
  for (const number of numbers) runs.push(number + (runs.length > 2 ? (runs.at(-2) ?? 0) : 0));
  return runs;
}
