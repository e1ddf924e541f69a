import type { Receipt } from '../../../../../src/contracts/receipt.ts';

/** An input or output of an iteration, and what tells that it is the same. */
export interface NamedHash {
  readonly what: string;
  readonly sha256: string;
}

/** What a receipt names by its hash, in the order of the steps; nothing of steps that were skipped. */
export function namedHashes({ input, results, chain }: Receipt): readonly NamedHash[] {
  const { dataset, imported, seal, labels, comparison, submission, trainingSet, model, evaluation } = results;
  const compared = comparison === undefined || 'failed' in comparison ? undefined : comparison;
  const named: readonly (readonly [string, string | undefined])[] = [
    ['Masks', input.masks?.sha256],
    ['Images', input.images?.sha256],
    ['Categories', input.categories.sha256],
    ['COCO document', dataset?.document.sha256],
    ['Pre-annotations', dataset?.preannotations.sha256],
    ['Imported shapes', imported?.sha256],
    ['Seal', seal?.artifact.sha256],
    ['Final labels', labels?.manifest.sha256],
    ['Comparison', compared?.manifest.sha256],
    ['Submission', submission?.manifest.sha256],
    ['Training set', trainingSet?.document.sha256],
    ['Model', model?.checksum],
    ['Evaluation', evaluation?.manifest.sha256],
    ['Receipt before', chain?.previous?.sha256],
  ];
  return named.flatMap(([what, sha256]) => (sha256 === undefined ? [] : [{ what, sha256 }]));
}
