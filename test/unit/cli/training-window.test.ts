import { describe, expect, it } from '@jest/globals';
import { turnRows } from '../../../src/cli/format/turn.ts';
import { parseTrainingWindow } from '../../../src/cli/training-window.ts';
import { trainingTurnsId } from '../../../src/contracts/training-turns.ts';
import { sampleView } from './fake-context.ts';

describe('--train-window', () => {
  it('takes two times and a time zone', () => {
    expect(parseTrainingWindow('20:00-06:00 Europe/Berlin')).toEqual({
      from: '20:00',
      to: '06:00',
      timeZone: 'Europe/Berlin',
    });
    expect(parseTrainingWindow('00:00-23:59').timeZone).not.toBe('');
  });

  it.each(['', '20:00', '20:00-20:00', '24:00-06:00', '8:00-9:00', '20:00-06:00-07:00', '20:00-06:00 Moon/Crater'])(
    'refuses %j',
    (text) => {
      expect(() => parseTrainingWindow(text)).toThrow(/time/);
    },
  );
});

describe('the status of an iteration that may not train yet', () => {
  const view = sampleView();
  const { status } = view;
  if (status === null) throw new Error('the sample has a status');

  it('names the time at which its window opens, and how to begin now', () => {
    const waiting = { ...status, waitingFor: 'window', opensAt: '2026-11-22T19:00:00.000Z' } as const;
    const [[, text = ''] = []] = turnRows({ ...view, status: waiting });
    expect(text).toMatch(/^may begin 2026-11-22 19:00/);
    expect(text).toMatch(/maskloop retry SurgVU\/Iteration_1$/);
  });

  it('names who has the turn, with which trainer, and how many are before it', () => {
    const turns = trainingTurnsId('http://monai.test:8000');
    const waiting = { ...status, waitingFor: 'turn', turn: { turns, hasTurn: false } } as const;
    const trainee = (id: string) => ({ id, firstRunId: id, since: '2026-11-22T19:00:00.000Z' });
    const held = { holder: trainee('A/1'), waiting: [trainee('B/1'), trainee(view.id)] };
    const [[, text = ''] = []] = turnRows({ ...view, status: waiting, turns: held });
    expect(text).toMatch(/^A\/1 has its turn since .* with http:\/\/monai\.test:8000; then 1 other before this one$/);
    const [[, alone = ''] = []] = turnRows({ ...view, status: waiting, turns: null });
    expect(alone).toBe('waits for its turn with http://monai.test:8000');
  });

  it('says nothing of turns otherwise', () => {
    expect(turnRows(view)).toEqual([]);
  });
});
