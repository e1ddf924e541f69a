import { z } from 'zod';

const iterationNews = z.object({ id: z.string() });
const temporalNews = z.object({ answers: z.boolean() });

/** What the stream tells, as far as pages need it: they read the rest anew. */
export type NewsEvent =
  | { readonly kind: 'iteration'; readonly id: string }
  | { readonly kind: 'temporal'; readonly answers: boolean }
  | { readonly kind: 'reset' };

/** An event of the stream; null for one that this page does not understand. */
export function readEvent(kind: NewsEvent['kind'], data: string): NewsEvent | null {
  if (kind === 'reset') return { kind };
  const value = jsonOf(data);
  if (kind === 'temporal') {
    const told = temporalNews.safeParse(value).data;
    return told === undefined ? null : { kind, answers: told.answers };
  }
  const told = iterationNews.safeParse(value).data;
  return told === undefined ? null : { kind, id: told.id };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
