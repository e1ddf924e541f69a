import { z } from 'zod';
import { facts } from './iteration-view.ts';

/** What the server answers instead of what was asked for; RFC 9457 with the fields of the catalogue. */
export const problem = z.object({
  type: z.string().describe('`urn:maskloop:failure:CODE`'),
  title: z.string().describe('what the code means'),
  status: z.int(),
  detail: z.string().describe('what happened, and where'),
  code: z.string().describe('code of the catalogue'),
  action: z.string().describe('what a person can do'),
  facts: facts.describe('the same as `detail`, as fields'),
});
export type Problem = z.output<typeof problem>;

export const PROBLEM_TYPE = 'application/problem+json';
