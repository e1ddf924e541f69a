import { bytesText } from './bytes.ts';
import type { Verification } from '../../receipts/verify/verification.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatTable } from './table.ts';

type Rows = readonly (readonly string[])[];

/** A list of this length is cut. */
const LISTED = 50;

/** What was found of a receipt, as people read it; ends with a line break. */
export function formatVerification(found: Verification): string {
  const sections: readonly (readonly [string, Rows])[] = [
    [found.id, headRows(found)],
    [
      'artifacts that have their hash',
      found.artifacts.map(({ at, count, bytes }) => [at, String(count), bytesText(bytes)]),
    ],
    ['folders as they were', found.folders.map(({ at, uri, files }) => [at, countOf(files, 'file'), uri])],
    ['counted again', found.recounted.map(({ what, counted }) => [what, counted])],
    ['not there', listed(found.absent.map(({ at, uri, why }) => [at, absence(why), uri]))],
    ['failed', listed(found.failures.map(({ at, problem }) => [at, problem]))],
  ];
  const shown = sections.filter(([, rows]) => rows.length > 0);
  const text = shown.map(([title, rows]) => `${title}\n${formatTable(rows).replace(/^/gm, '  ')}`).join('\n\n');
  return `${text}\n\n${verdict(found)}\n`;
}

function headRows({ sha256, chain, trainingSet }: Verification): Rows {
  return [
    ['receipt', `sha256 ${sha256}`],
    ...(chain === null ? [['chain', 'none: an older receipt']] : [chainRow(chain)]),
    ...(trainingSet === null ? [] : [trainingSetRow(trainingSet)]),
  ];
}

function chainRow({ number, sound }: NonNullable<Verification['chain']>): readonly string[] {
  return ['chain', `number ${number}; ${sound} of ${countOf(number, 'receipt')} sound, back to the first`];
}

function trainingSetRow({ version, sound }: NonNullable<Verification['trainingSet']>): readonly string[] {
  return ['training set', `version ${version}; ${sound} of ${countOf(version, 'version')} sound, back to the first`];
}

function absence(why: Verification['absent'][number]['why']): string {
  return why === 'forgotten' ? 'forgotten on purpose' : 'no longer in place';
}

function verdict({ artifacts, failures, absent }: Verification): string {
  const read = artifacts.reduce((sum, { count }) => sum + count, 0);
  const missing = absent.length === 0 ? '' : `, ${absent.length} not there`;
  const failed = failures.length === 0 ? 'nothing failed' : countOf(failures.length, 'failure');
  return `${countOf(read, 'artifact')} read${missing}; ${failed}`;
}

function listed(rows: Rows): Rows {
  return rows.length <= LISTED ? rows : [...rows.slice(0, LISTED), [`… and ${rows.length - LISTED} more`]];
}
