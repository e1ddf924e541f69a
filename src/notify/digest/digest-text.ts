import type { DigestRow } from '../../contracts/digest.ts';
import type { Server } from '../servers/episodes.ts';
import { spanText } from '../text/words.ts';

/** Iterations that are listed under one heading. */
const MOST_LISTED = 20;

/** What there is to tell. */
export interface Day {
  readonly rows: readonly DigestRow[];
  readonly away: readonly (Server & { readonly since: string })[];
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;

/** Waiting for these is nobody's business but a machine's. */
const OTHERS = 'Under way';
const HEADINGS: Readonly<Record<string, string>> = {
  decision: 'Waiting for a decision',
  people: 'Waiting for people',
  server: 'Waiting for a server',
  resume: 'Paused',
};

function lineOf({ project, task, since, detail }: DigestRow, nowMs: number): string {
  const spent = spanText(Math.max(0, nowMs - Date.parse(since)));
  return `- ${project} / ${task}, for ${spent}${detail === null ? '' : `: ${detail}`}`;
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - MOST_LISTED;
  return [`${heading}:`, ...lines.slice(0, MOST_LISTED), ...(rest > 0 ? [`- and ${rest} more`] : [])];
}

/** The lines of a digest: servers that are away, what waits for whom, what was finished since yesterday. Empty where there is nothing to tell. */
export function digestText({ rows, away, nowMs }: Day): string {
  const running = rows.filter(({ state }) => state === 'running');
  const finished = rows.filter(({ state, since }) => state === 'done' && nowMs - Date.parse(since) < DAY_MS);
  const servers = away.map(({ connection, name, since }) => {
    return `- ${name} (${connection}), for ${spanText(Math.max(0, nowMs - Date.parse(since)))}`;
  });
  const waiting = Object.entries(HEADINGS).flatMap(([waitingFor, heading]) => {
    const theirs = running.filter((row) => row.waitingFor === waitingFor);
    return section(
      heading,
      theirs.map((row) => lineOf(row, nowMs)),
    );
  });
  const others = running.filter(({ waitingFor }) => !Object.hasOwn(HEADINGS, waitingFor));
  const done = finished.map(({ project, task }) => `- ${project} / ${task}`);
  return [
    ...section('Servers away', servers),
    ...waiting,
    ...section(
      OTHERS,
      others.map((row) => lineOf(row, nowMs)),
    ),
    ...section('Finished since yesterday', done),
  ].join('\n');
}
