import { describe, expect, it } from '@jest/globals';
import { documentName } from '../../../src/coco/document-name.ts';
import { failureOf } from './failure-of.ts';

describe('documentName', () => {
  it.each([
    ['Iteration_1', '_pre', 'Iteration_1_pre'],
    ['100 % Höhe (a)', '', '100 % Höhe (a)'],
    ['../../etc/passwd', '', '..%2F..%2Fetc%2Fpasswd'],
    ['a', '/../b', 'a%2F..%2Fb'],
    ['a\\b', '', 'a%5Cb'],
    ['a\u0000b\n', '', 'a%00b%0A'],
    ['a%2Fb', '', 'a%252Fb'],
    ['..', '', '..'],
  ])('turns %j and %j into %j', (task, suffix, name) => {
    expect(documentName(task, suffix)).toBe(name);
  });

  it.each(['', '  ', '\ud800'])('refuses the task %j', async (task) => {
    expect((await failureOf(() => documentName(task, ''))).code).toBe('InvalidName');
  });
});
