import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { answerText } from '../../../src/http/answer-text.ts';

interface Recorded {
  readonly case: string;
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
}

function recordedErrors(name: string): Recorded[] {
  const all = JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8')) as Recorded[];
  return all.filter(({ status, json, text }) => status >= 400 && (json !== undefined || text !== undefined));
}

describe('text of an error body', () => {
  it.each([
    ['{"detail":"No Task matches the given query."}', 'No Task matches the given query.'],
    ['{"name":["This field is required."]}', 'name: This field is required.'],
    ['{"non_field_errors":["Unable to log in."]}', 'Unable to log in.'],
    ['["Must include either \\"username\\" or \\"email\\"."]', 'Must include either "username" or "email".'],
    ['"File size exceeds the limit"', 'File size exceeds the limit'],
    ['{"shapes":[{"points":["invalid length"]}]}', 'shapes: points: invalid length'],
    [
      '{"detail":[{"type":"missing","loc":["query","tag"],"msg":"Field required"}]}',
      'type: missing; loc: query; tag; msg: Field required',
    ],
    ['There is no request with specified id\n', 'There is no request with specified id'],
    [
      '\n<!doctype html>\n<html><head><title>Server Error (500)</title></head></html>',
      'HTML page "Server Error (500)"',
    ],
    ['<html><head><title>502 Bad Gateway &amp; more</title></head></html>', 'HTML page "502 Bad Gateway & more"'],
    ['<html><body><h1>Oops</h1></body></html>', 'HTML page "Oops"'],
    ['{"detail":', '{"detail":'],
    ['', ''],
  ])('says of %j: %j', (body, text) => {
    expect(answerText(body)).toBe(text);
  });

  it('is one line of at most 200 characters, whatever the body', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 600, unit: 'grapheme' }), fc.json()), (body) => {
        const text = answerText(body);
        expect(text.length).toBeLessThanOrEqual(200);
        expect(text).not.toMatch(/[\r\n]/);
        expect(text.isWellFormed() || !body.isWellFormed()).toBe(true);
      }),
    );
  });

  it.each(['cvat-2.73.0', 'cvat-2.54.1', 'monai-label-0.8.5'])('finds words in every error that %s gave', (name) => {
    const errors = recordedErrors(name);
    expect(errors.length).toBeGreaterThan(20);
    for (const { json, text } of errors) {
      const said = answerText(json === undefined ? (text ?? '') : JSON.stringify(json));
      expect(said).toMatch(/\w{3}/);
      expect(said).not.toMatch(/^[[{<]|"detail"|<\/\w+>/);
    }
  });
});
