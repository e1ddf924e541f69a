import { expect, it } from '@jest/globals';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';

/** A model that was trained well, by the name of what can be trained; made once. */
const good = new Map<string, Uint8Array>();

export const ruinCases: FineTuneCases = (open) => {
  it('does not let wrong labels ruin the model', async () => {
    const desk = await open();
    const { monai } = desk;
    const bytes = good.get(monai.model);
    if (bytes === undefined) {
      await (await desk.start({})).result();
      good.set(monai.model, await monai.monai.downloadModel(monai.model));
    } else await monai.monai.uploadModel(monai.model, bytes);
    const before = await desk.published();
    const handle = await desk.start({ wrong: true });
    await handle.result();
    expect((await desk.receipt(handle))?.results?.promotion).toMatchObject({ outcome: 'put back', published: before });
    expect(await desk.published()).toBe(before);
  });
};
