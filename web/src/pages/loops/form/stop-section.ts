import type { Field, FieldSection } from './field.ts';

const action = (rule: string): Field => ({
  path: `stop.${rule}.action`,
  label: 'Then',
  control: { kind: 'word', says: { stop: 'The loop stops', ask: 'A person is asked', note: 'It is only noted' } },
});

const number = (path: string, label: string, unit: string): Field => ({
  path: `stop.${path}`,
  label,
  control: { kind: 'number', unit },
});

/** When more labels no longer help. */
export const STOP_SECTION: FieldSection = {
  title: 'Stopping rules',
  about: 'When more labels no longer help. A loop always ends when nothing is left to choose.',
  fields: [
    {
      path: 'stop.plateau',
      label: 'Stop on a plateau',
      control: {
        kind: 'part',
        begin: { iterations: 4 },
        fields: [
          number('plateau.iterations', 'Over so many iterations', 'iterations'),
          number('plateau.minSlope', 'Least rise an iteration', 'Dice'),
          action('plateau'),
        ],
      },
    },
    {
      path: 'stop.target',
      label: 'Stop at a target',
      control: {
        kind: 'part',
        begin: { dice: 0.9 },
        fields: [number('target.dice', 'Held-out Dice', 'Dice'), action('target')],
      },
    },
    {
      path: 'stop.corrections',
      label: 'Stop when little is corrected',
      control: {
        kind: 'part',
        begin: { below: 0.02 },
        fields: [number('corrections.below', 'Share of changed pixels', 'of 1'), action('corrections')],
      },
    },
    {
      path: 'stop.budget',
      label: 'Stop when a budget is used up',
      control: {
        kind: 'part',
        begin: { iterations: 20 },
        fields: [
          number('budget.frames', 'Frames with labels', 'frames'),
          number('budget.iterations', 'Iterations', 'iterations'),
          { path: 'stop.budget.time', label: 'Time since the start', control: { kind: 'duration' } },
          action('budget'),
        ],
      },
    },
    {
      path: 'stop.emptyPool',
      label: 'Decide about an empty pool',
      control: { kind: 'part', begin: { action: 'ask' }, fields: [action('emptyPool')] },
    },
  ],
};
