import { expect, it } from '@jest/globals';
import type { GateOptions, GatePolicy } from '../../../src/contracts/gate.ts';
import { declineUpdate } from '../../../src/contracts/messages.ts';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';

const INES = { by: 'ines' };

const gate = (policy: GatePolicy): GateOptions => ({ policy, floors: { all: null, classes: {} } });

export const policyCases: FineTuneCases = (open) => {
  it('does not let wrong labels ruin the model: what they made is put back, declined, or taken back by hand', async () => {
    const desk = await open();
    await (await desk.start({})).result();
    const good = await desk.published();
    expect((await desk.gauge()).dice).toBeGreaterThan(0.5);

    const refused = await desk.start({ wrong: true, gate: gate('if-better') });
    await refused.result();
    const results = (await desk.receipt(refused))?.results;
    expect(results?.promotion).toMatchObject({ outcome: 'put back', verdict: 'not better', published: good });
    expect(await desk.published()).toBe(good);

    const asked = await desk.start({ wrong: true, gate: gate('ask') });
    await desk.until(asked, ({ waitingFor }) => waitingFor === 'decision');
    expect(await desk.published()).toBe(good);
    await asked.executeUpdate(declineUpdate, { args: [INES] });
    await asked.result();
    expect((await desk.receipt(asked))?.results?.promotion).toMatchObject({ outcome: 'put back', by: 'ines' });
    expect(await desk.published()).toBe(good);

    const always = await desk.start({ wrong: true, gate: gate('always') });
    await always.result();
    const bad = (await desk.receipt(always))?.results?.promotion;
    expect(bad).toMatchObject({ outcome: 'promoted', verdict: 'not better' });
    expect(await desk.published()).toBe(bad?.checksum);
    expect(await desk.publishByHand(null)).toBe(good);
    expect(await desk.published()).toBe(good);
  });
};
