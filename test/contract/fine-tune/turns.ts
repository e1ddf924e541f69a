import { expect, it } from '@jest/globals';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';

export const turnCases: FineTuneCases = (open) => {
  it('is done by two iterations at once in turns, the second on the labels of both', async () => {
    const desk = await open();
    const handles = [await desk.start({}), await desk.start({})];
    const trains = async (): Promise<number> => {
      const all = await Promise.all(handles.map(async (handle) => desk.until(handle, () => true)));
      return all.findIndex(({ results }) => results.training !== undefined);
    };
    let holder = await trains();
    while (holder < 0) holder = await trains();
    const other = handles[1 - holder];
    if (other === undefined) throw new Error('there is only one');
    await desk.until(other, ({ waitingFor, turn }) => waitingFor === 'turn' && turn?.hasTurn === false);
    await Promise.all(handles.map(async (handle) => handle.result()));
    const { requests } = desk.witness;
    const labels = (desk.files.frames * 3) / 4;
    expect(requests.map((request) => request.labels.size)).toEqual([labels, 2 * labels]);
    const names = new Set(requests.map(({ name }) => name));
    const tasks = (await desk.monai.monai.trainings()).filter(({ name }) => names.has(name ?? ''));
    expect(tasks.map(({ status }) => status)).toEqual(['DONE', 'DONE']);
    const results = await Promise.all(handles.map(async (handle) => (await desk.receipt(handle))?.results));
    const earlier = results.map((one) => one?.trainingSet?.earlier ?? 0);
    expect(earlier.toSorted((a, b) => a - b)).toEqual([0, labels]);
  });
};
