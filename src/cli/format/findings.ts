import { styleText } from 'node:util';
import type { Finding, Level } from '../../contracts/doctor.ts';
import type { Group } from '../../inspection/group.ts';
import { countOf } from '../../contracts/count-of.ts';

const COLOURS = { ok: 'green', unknown: 'cyan', warning: 'yellow', problem: 'red' } as const;

/** One group of findings with what to do about each; ends with a line break. Colours are for terminals. */
export function formatGroup({ title, findings }: Group, colours: boolean): string {
  const lines = findings.flatMap((finding) => findingLines(finding, colours));
  return [paint(title, 'bold', colours), ...lines, ''].join('\n');
}

function findingLines({ level, message, action }: Finding, colours: boolean): readonly string[] {
  const word = paint(level.padEnd(7), COLOURS[level], colours);
  const lines = message.split('\n').join(`\n${' '.repeat(11)}`);
  return [`  ${word}  ${lines}`, ...(action === null ? [] : [`${' '.repeat(11)}what to do: ${action}`])];
}

/** `2 problems, 1 warning`, or that all is well. */
export function formatVerdict(groups: readonly Group[]): string {
  const [problems, warnings] = [countLevel(groups, 'problem'), countLevel(groups, 'warning')];
  if (problems + warnings === 0) return 'Everything is in order.';
  const counts = [
    ...(problems > 0 ? [countOf(problems, 'problem')] : []),
    ...(warnings > 0 ? [countOf(warnings, 'warning')] : []),
  ];
  return counts.join(', ');
}

/** How many findings are of a level. */
export function countLevel(groups: readonly Group[], level: Level): number {
  return groups.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
}

function paint(text: string, style: 'bold' | 'green' | 'cyan' | 'yellow' | 'red', colours: boolean): string {
  return colours ? styleText(style, text, { validateStream: false }) : text;
}
