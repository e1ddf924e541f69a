import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { retryUpdate, skipUpdate } from '../../../src/contracts/messages.ts';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';
import type { FineTuneDesk } from '../kit/fine-tune-desk.ts';

const INES = { by: 'ines' };

/** A label of ours is replaced by another one, as somebody with MONAI Label's own viewer would. */
async function replaceLabel({ monai, witness }: FineTuneDesk): Promise<string> {
  const [[imageId] = ['']] = [...witness.sealed];
  const other = monai.sample();
  const label = { imageId, tag: 'final', fileName: `${imageId}.png`, bytes: other.label, labelInfo: [] };
  await monai.monai.putLabel(label);
  return imageId;
}

async function removeLabel({ monai }: FineTuneDesk, imageId: string): Promise<void> {
  await monai.monai.removeLabel(imageId, 'final');
  while ((await monai.monai.trainingSet()).includes(imageId)) await sleep(100);
}

export const interferenceCases: FineTuneCases = (open) => {
  it('does not train on a label that was changed behind our back before, and is not published if one was meanwhile', async () => {
    const desk = await open();
    const { after, witness } = desk;
    await (await desk.start({})).result();
    const good = await desk.published();

    let changed = '';
    after.measureModel = async () => {
      changed = await replaceLabel(desk);
    };
    const handle = await desk.start({});
    const stopped = await desk.until(handle, ({ waitingFor }) => waitingFor === 'decision');
    expect(stopped.trouble).toMatchObject({ code: 'TrainingSetDiffers', facts: { changed: [expect.any(String)] } });
    expect(witness.requests).toHaveLength(1);

    delete after.measureModel;
    await removeLabel(desk, changed);
    after.watchTraining = async () => {
      changed = await replaceLabel(desk);
    };
    await handle.executeUpdate(retryUpdate, { args: [INES] });
    const meanwhile = await desk.until(
      handle,
      ({ waitingFor, trouble }) => waitingFor === 'decision' && trouble?.code === 'TrainingSetChanged',
    );
    expect(meanwhile.results.model?.checksum).not.toBe(good);
    for (let looks = 0; looks < 800 && (await desk.published()) !== good; looks += 1) await sleep(50);
    expect(await desk.published()).toBe(good);
    expect(witness.requests).toHaveLength(2);

    delete after.watchTraining;
    await removeLabel(desk, changed);
    await handle.executeUpdate(skipUpdate, { args: [INES] });
    await handle.result();
    expect((await desk.receipt(handle))?.results).toMatchObject({ trainingSetAfter: { differs: { count: 1 } } });
  });
};
