import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { AREAS, renderFailuresPage } from '../../../scripts/failures-page/render-failures-page.ts';
import { MaskloopError, isMaskloopError } from '../../../src/contracts/error.ts';
import { FAILURES, type FailureCode, isFailureCode } from '../../../src/contracts/failures.ts';

const page = await readFile(new URL('../../../docs/failures.md', import.meta.url), 'utf8');

/** Rows of the page's tables, read back from its text. */
function rowsOf(markdown: string): readonly { code: string; handling: string; meaning: string; action: string }[] {
  return markdown.split('\n').flatMap((line) => {
    const match = /^\| `([^`]+)` +\| (\S+) +\| (.+?) +\| (.+?) +\|$/.exec(line);
    if (match === null) return [];
    const [, code = '', handling = '', meaning = '', action = ''] = match;
    return [{ code, handling, meaning, action }];
  });
}

function byCode(a: { code: string }, b: { code: string }): number {
  return a.code < b.code ? -1 : 1;
}

describe('the catalogue of failures', () => {
  it('is on the page with every code and every text, and the page has no other', () => {
    const catalogue = Object.entries(FAILURES).map(([code, entry]) => ({ code, ...entry }));
    expect(rowsOf(page).toSorted(byCode)).toEqual(catalogue.toSorted(byCode));
  });

  it('gives the page that `npm run write-failures-page` writes', () => {
    expect(page).toBe(renderFailuresPage());
  });

  it('names each code in one area only, so that no area hides the entry of another', () => {
    const codes = AREAS.flatMap(({ failures }) => Object.keys(failures));
    expect(codes.toSorted()).toEqual([...new Set(codes)].toSorted());
    expect(codes.toSorted()).toEqual(Object.keys(FAILURES).toSorted());
  });

  it.each(Object.entries(FAILURES))('has a code in PascalCase and sentences for %s', (code, entry) => {
    expect(code).toMatch(/^(?!.*[A-Z]{3})[A-Z][A-Za-z0-9]+$/);
    expect(entry.meaning).toMatch(/^\S.*[.]$/);
    expect(entry.action).toMatch(/^\S.*[.]$/);
    expect(['attention', 'outage', 'pending', 'refused']).toContain(entry.handling);
  });

  it('knows its codes and nothing that objects inherit', () => {
    expect(Object.keys(FAILURES).every(isFailureCode)).toBe(true);
    for (const text of ['toString', '__proto__', 'constructor', '', 'maskmissing', null, undefined]) {
      expect(isFailureCode(text)).toBe(false);
    }
  });
});

describe('MaskloopError', () => {
  it("carries its facts, its cause and the catalogue's action", () => {
    const cause = new Error('connection refused');
    const error = new MaskloopError('CvatUnreachable', 'CVAT at http://cvat does not answer.', {
      facts: { url: 'http://cvat' },
      cause,
      retryAfterMs: 5_000,
    });
    expect(error).toMatchObject({ code: 'CvatUnreachable', facts: { url: 'http://cvat' }, retryAfterMs: 5_000, cause });
    expect(error.action).toBe(FAILURES.CvatUnreachable.action);
  });

  it('is recognized by its name and code, also when it comes from another realm', () => {
    const foreign = { name: 'MaskloopError', code: 'NotAPng' satisfies FailureCode, message: '' };
    expect(isMaskloopError(foreign)).toBe(true);
    expect(isMaskloopError(foreign, 'NotAPng')).toBe(true);
    expect(isMaskloopError(foreign, 'TruncatedPng')).toBe(false);
    expect(isMaskloopError(new Error('other'))).toBe(false);
    expect(isMaskloopError(null)).toBe(false);
  });
});
