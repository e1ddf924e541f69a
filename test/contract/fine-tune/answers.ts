import { expect, it } from '@jest/globals';
import type { GateOptions, GatePolicy } from '../../../src/contracts/gate.ts';
import { declineUpdate } from '../../../src/contracts/messages.ts';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';

const INES = { by: 'ines' };

const gate = (policy: GatePolicy): GateOptions => ({ policy, floors: { all: null, classes: {} } });

export const answerCases: FineTuneCases = (open) => {
  it('goes on while a person is asked about another model, without its labels, which come back with its receipt', async () => {
    const desk = await open();
    await (await desk.start({ gate: gate('always') })).result();
    const first = await desk.published();
    const asked = await desk.start({ gate: gate('ask') });
    await desk.until(asked, ({ waitingFor, turn }) => waitingFor === 'decision' && turn == null);
    expect(await desk.published()).toBe(first);

    const beside = await desk.start({ gate: gate('always') });
    await beside.result();
    const labels = (desk.files.frames * 3) / 4;
    const results = (await desk.receipt(beside))?.results;
    expect(results?.trainingSet).toMatchObject({ own: labels, earlier: labels, aside: labels });
    expect(results?.trainingSetAfter).not.toHaveProperty('differs');
    expect(results?.promotion).toMatchObject({ outcome: 'promoted' });
    const second = await desk.published();

    await asked.executeUpdate(declineUpdate, { args: [INES] });
    await asked.result();
    const declined = (await desk.receipt(asked))?.results.promotion;
    expect(declined).toMatchObject({ outcome: 'replaced', by: 'ines', published: second });
    expect(await desk.published()).toBe(second);

    const last = await desk.start({ gate: gate('always') });
    await last.result();
    expect((await desk.receipt(last))?.results.trainingSet).toMatchObject({ own: labels, earlier: 3 * labels });
    const { requests } = desk.witness;
    expect(requests.map((request) => request.labels.size / labels)).toEqual([1, 2, 2, 4]);
  });
};
