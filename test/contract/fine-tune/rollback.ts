import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { approveUpdate } from '../../../src/contracts/messages.ts';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';

const INES = { by: 'ines' };
const ASK = { policy: 'ask', floors: { all: null, classes: {} } } as const;

export const rollbackCases: FineTuneCases = (open) => {
  it('is followed by epoch, measured, published and predicted with, and can be rolled back', async () => {
    const desk = await open();
    const { monai, files, witness } = desk;
    const [own, held] = [(files.frames * 3) / 4, files.frames / 4];
    await desk.withoutModel();
    const first = await desk.start({});
    await first.result();
    const one = (await desk.receipt(first))?.results;
    expect(one).toMatchObject({
      submission: { training: own, heldOut: held },
      trainingSet: { own, earlier: 0 },
      modelBefore: { checksum: null, frames: held },
      evaluation: { frames: held, gate: { verdict: 'first' } },
      promotion: { outcome: 'promoted', policy: 'if-better' },
      model: { epochs: desk.pace.epochs, metrics: { points: expect.any(Number) } },
    });
    const metrics = one?.model?.metrics?.file;
    const lines =
      metrics === undefined
        ? []
        : Buffer.from(await files.store.get(metrics))
            .toString()
            .trim()
            .split('\n');
    expect(lines.length).toBe(one?.model?.metrics?.points);
    expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ epoch: desk.pace.epochs, metric: expect.any(Number) });
    expect(await desk.published()).toBe(one?.model?.checksum);
    const bytes = new Uint8Array(await monai.monai.downloadModel(monai.model));
    expect(`SHA256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(one?.model?.checksum);
    const listed = new Set(await monai.monai.trainingSet());
    expect(listed.size).toBe(own);
    expect([...witness.heldOut].filter((id) => listed.has(id))).toEqual([]);

    const second = await desk.start({ gate: ASK });
    const asked = await desk.until(second, ({ waitingFor }) => waitingFor === 'decision');
    expect(asked).toMatchObject({ trouble: { code: 'ModelWaits', facts: { published: one?.model?.checksum } } });
    expect(await desk.published()).toBe(one?.model?.checksum);
    await second.executeUpdate(approveUpdate, { args: [{ ...INES, carry: false }] });
    await second.result();
    const two = (await desk.receipt(second))?.results;
    expect(two).toMatchObject({
      trainingSet: { own, earlier: own },
      promotion: { outcome: 'promoted', by: 'ines' },
      evaluation: { gate: { before: { checksum: one?.model?.checksum } } },
    });
    expect(await desk.published()).toBe(two?.model?.checksum);
    expect(two?.model?.checksum).not.toBe(one?.model?.checksum);

    expect(await desk.publishByHand(null)).toBe(one?.model?.checksum);
    expect(await desk.published()).toBe(one?.model?.checksum);
    expect(new Uint8Array(await monai.monai.downloadModel(monai.model))).toEqual(bytes);
    expect((await desk.gauge()).dice).toBeGreaterThan(0.5);
    expect(witness.requests).toHaveLength(2);
  });
};
