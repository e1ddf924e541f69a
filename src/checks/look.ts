import type { Finding } from '../contracts/doctor.ts';
import { problem, problemOf } from './finding.ts';

/** Longest text of a finding, in characters: they go through Temporal. */
const MAX_TEXT = 400;

/** The time of a look passes in so many parts: a process that stands still for long, as when it is short of memory, loses one of them. */
const PARTS = 10;

/** A look at one thing: what it finds, or what it throws. */
export type Look = (signal: AbortSignal) => Promise<readonly Finding[]>;

/**
 * Findings of several looks, in their order. They go on at the same time, and one that fails or takes too long is a
 * finding itself: a dead server does not hold up the rest. What is slow has to be slow itself: the time for which this process
 * stands still is not told of a server.
 *
 * @param limitMs time for each of them, in milliseconds
 */
export async function lookAll(what: string, limitMs: number, looks: readonly Look[]): Promise<readonly Finding[]> {
  const found = await Promise.all(looks.map((look) => lookOnce(what, limitMs, look)));
  return found.flat().map(bounded);
}

async function lookOnce(what: string, limitMs: number, look: Look): Promise<readonly Finding[]> {
  const limit = new AbortController();
  const late = problem(
    `${what} has not answered within ${limitMs / 1000} s.`,
    `Check that ${what} runs and is reached from there.`,
  );
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<readonly Finding[]>((resolve) => {
    let passed = 0;
    timer = setInterval(() => {
      passed += 1;
      if (passed < PARTS) return;
      resolve([late]);
      limit.abort();
    }, limitMs / PARTS);
  });
  const looking = look(limit.signal).catch((error: unknown) => [problemOf(error)]);
  try {
    return await Promise.race([looking, impatience]);
  } finally {
    clearInterval(timer);
  }
}

function bounded(finding: Finding): Finding {
  const { message, action } = finding;
  return { ...finding, message: short(message), action: action === null ? null : short(action) };
}

function short(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
