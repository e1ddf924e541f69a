import type { OriginCounts, OriginsRef } from '../../contracts/origins.ts';
import type { Excerpt } from '../../contracts/comparison.ts';
import type { IterationResults } from '../../contracts/iteration.ts';
import type { Section } from './corrections.ts';
import { countOf } from '../../contracts/count-of.ts';
import { rangesText } from './ranges.ts';

type Results = Pick<IterationResults, 'origins'>;

const KINDS = ['AUTO', 'FILE', 'SEMI-AUTO', 'MANUAL'];

/** Where the shapes of a task that was only observed come from, in short, then by class; nothing for any other. */
export function originSections({ origins }: Results): readonly Section[] {
  const title = 'where shapes come from';
  if (origins === undefined) return [];
  if ('failed' in origins) return [[title, [['not counted', origins.failed]]]];
  const { frames, shapes, asImported, touched } = origins;
  const empty = frames - asImported.total - touched.total;
  return [
    [
      title,
      [
        [
          'as they were put in',
          `${countOf(shapes.auto + shapes.file, 'shape')}: ${shapes.auto} auto, ${shapes.file} file`,
        ],
        ['drawn or edited', handText(shapes)],
        [
          'frames',
          `${frames}, ${asImported.total} as put in, ${touched.total} drawn or edited on, ${empty} without shapes`,
        ],
        ...rangeRow('drawn or edited on', touched),
        ...rangeRow('as put in', asImported),
        ['not told', 'what was removed, and how much was changed; an edited file shape counts as manual'],
      ],
    ],
    ['shapes by class', rows('CLASS', origins, origins.classes, ({ name }) => [name])],
  ];
}

/** By job and person; for the receipt. */
export function detailedOrigins({ origins }: Results): readonly Section[] {
  if (origins === undefined || 'failed' in origins) return [];
  const { jobs, people } = origins;
  const isTold = people !== null && people.first.some(({ person }) => person !== null);
  return [
    ['shapes by job', rows('JOB', origins, jobs, (one) => [String(one.job), String(one.frames)], 'FRAMES')],
    [
      'shapes by person',
      isTold ? rows('PERSON', origins, people, (one) => [one.person ?? 'nobody', String(one.frames)], 'FRAMES') : [],
    ],
  ];
}

function handText({ semiAuto, manual, other }: OriginCounts): string {
  const more = other === 0 ? '' : `, ${other} other`;
  return `${countOf(semiAuto + manual + other, 'shape')}: ${semiAuto} semi-auto, ${manual} manual${more}`;
}

function rangeRow(what: string, { first, total }: OriginsRef['touched']): string[][] {
  return total === 0 ? [] : [[`frames ${what}`, rangesText(first, total)]];
}

function rows<T extends { readonly shapes: OriginCounts }>(
  heading: string,
  { shapes }: OriginsRef,
  { first, total }: Excerpt<T>,
  cells: (one: T) => string[],
  ...more: string[]
): string[][] {
  if (total === 0) return [];
  const hasOther = shapes.other > 0;
  const kinds = [...KINDS, ...(hasOther ? ['OTHER'] : [])];
  const counts = (one: OriginCounts): string[] =>
    [one.auto, one.file, one.semiAuto, one.manual, ...(hasOther ? [one.other] : [])].map(String);
  return [
    [heading, ...more, ...kinds],
    ...first.map((one) => [...cells(one), ...counts(one.shapes)]),
    ...(total > first.length ? [[`and ${total - first.length} more`]] : []),
  ];
}
