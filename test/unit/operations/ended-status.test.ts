import { expect, it } from '@jest/globals';
import { endedStatus } from '../../../src/operations/ended-status.ts';
import { troubledView } from '../cli/fake-context.ts';

it('the status of an ended iteration keeps its trouble and offers no choices', () => {
  const { status } = troubledView();
  if (status === null) throw new Error('the sample has a status');
  expect(status.choices).not.toEqual([]);
  expect(endedStatus(status)).toEqual({ ...status, choices: [] });
});
