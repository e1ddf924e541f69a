import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { failureOf } from '../kit/failure-of.ts';
import type { MonaiDesk } from '../kit/monai-desk.ts';
import type { Answer } from '../../kit/talk.ts';
import type { MonaiCases } from '../kit/cases.ts';

async function putByHand(desk: MonaiDesk, query: string, bytes: Uint8Array, fileName: string): Promise<Answer> {
  const body = new FormData();
  body.set('file', new Blob([Buffer.from(bytes)]), fileName);
  await sleep(desk.writeGapMs);
  return desk.talk('PUT', `/datastore/image${query}`, { body });
}

export const unwiseUploadCases: MonaiCases = (desk) => {
  it('forgets the labels of an image that is sent again', async () => {
    const { monai } = desk();
    const sample = desk().sample();
    await desk().store(sample);
    const before = await monai.datastoreStats();
    const again = await putByHand(desk(), `?image=${sample.imageId}`, sample.image, `${sample.imageId}.png`);
    expect([again.status, again.json]).toEqual([200, { image: sample.imageId }]);
    expect(await monai.getLabel(sample.imageId, 'final')).toBeNull();
    expect(await monai.datastoreStats()).toEqual({ total: before.total, completed: before.completed - 1 });
  });

  it('cuts an id at its first dot when it takes it from the name of the file', async () => {
    const { imageId, image } = desk().sample();
    const { json } = await putByHand(desk(), '', image, `${imageId}.slice.2.png`);
    expect(json).toEqual({ image: imageId });
  });

  it('falls over an id with a slash', async () => {
    const { image } = desk().sample();
    expect((await putByHand(desk(), '?image=sub/dir_1', image, 'a.png')).status).toBe(500);
  });

  it.each(['study.1', 'a/b', '', 'ä', 'a b', 'x'.repeat(201)])(
    'is not asked for the id %j by the client',
    async (imageId) => {
      const image = { imageId, fileName: 'a.png', bytes: new Uint8Array([1]) };
      expect(await failureOf(desk().monai.putImage(image))).toMatchObject({ code: 'MonaiRejected' });
      expect(await failureOf(desk().monai.hasImage(imageId))).toMatchObject({ code: 'MonaiRejected' });
    },
  );

  it('takes a label under any tag and of any content', async () => {
    const sample = desk().sample();
    await desk().store(sample);
    const body = new FormData();
    body.set('label', new Blob(['no picture']), 'a.txt');
    await sleep(desk().writeGapMs);
    const odd = await desk().talk('PUT', `/datastore/label?image=${sample.imageId}&tag=mine`, { body });
    expect(odd.status).toBe(200);
    expect(Buffer.from((await desk().monai.getLabel(sample.imageId, 'mine')) ?? []).toString()).toBe('no picture');
  });
};
