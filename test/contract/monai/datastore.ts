import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { failureOf } from '../kit/failure-of.ts';
import { at } from '../../kit/talk.ts';
import type { MonaiCases } from '../kit/cases.ts';

export const datastoreCases: MonaiCases = (desk) => {
  it('keeps an image as it was sent, and is not sent it twice', async () => {
    const { monai } = desk();
    const { imageId, image } = desk().sample();
    expect(await monai.hasImage(imageId)).toBe(false);
    const upload = { imageId, fileName: `${imageId}.png`, bytes: image };
    expect(await monai.putImage(upload)).toBe('stored');
    expect(await monai.hasImage(imageId)).toBe(true);
    expect(await monai.putImage(upload)).toBe('present');
    const { bytes } = await desk().talk('GET', `/datastore/image?image=${imageId}`);
    expect(bytes.equals(image)).toBe(true);
  });

  it('keeps labels as they were sent, one a tag, the later over the earlier', async () => {
    const { monai } = desk();
    const [one, two] = desk().samples(2);
    if (one === undefined || two === undefined) throw new Error('no pictures');
    const { imageId } = one;
    await monai.putImage({ imageId, fileName: `${imageId}.png`, bytes: one.image });
    expect(await monai.getLabel(imageId, 'final')).toBeNull();
    const label = { imageId, fileName: `${imageId}.png`, labelInfo: [{ name: 'x', idx: 1 }] };
    await monai.putLabel({ ...label, tag: 'mine', bytes: two.label });
    expect(await monai.getLabel(imageId, 'final')).toBeNull();
    await monai.putLabel({ ...label, tag: 'final', bytes: two.label });
    await monai.putLabel({ ...label, tag: 'final', bytes: one.label });
    expect(Buffer.from((await monai.getLabel(imageId, 'final')) ?? []).equals(one.label)).toBe(true);
    expect(Buffer.from((await monai.getLabel(imageId, 'mine')) ?? []).equals(two.label)).toBe(true);
  });

  it('counts images, and as completed those with a final label', async () => {
    const { monai } = desk();
    const before = await monai.datastoreStats();
    const [one, two] = desk().samples(2);
    if (one === undefined || two === undefined) throw new Error('no pictures');
    await desk().store(one);
    await monai.putImage({ imageId: two.imageId, fileName: 'a.png', bytes: two.image });
    const draft = { imageId: two.imageId, tag: 'draft', fileName: 'a.png', bytes: two.label, labelInfo: [] };
    await monai.putLabel(draft);
    const after = await monai.datastoreStats();
    expect(after).toEqual({ total: before.total + 2, completed: before.completed + 1 });
  });

  it('falls over a label for an image that it does not have, which the client says beforehand', async () => {
    const { imageId, label } = desk().sample();
    const body = new FormData();
    body.set('label', new Blob([Buffer.from(label)]), 'a.png');
    const raw = await desk().talk('PUT', `/datastore/label?image=${imageId}&tag=final`, { body });
    expect([raw.status, raw.text]).toEqual([500, 'Internal Server Error']);
    const put = desk().monai.putLabel({ imageId, tag: 'final', fileName: 'a.png', bytes: label, labelInfo: [] });
    expect(await failureOf(put)).toMatchObject({ code: 'MonaiRejected' });
  });

  it('is given uploads one at a time, with a pause between them', async () => {
    const { monai } = desk();
    const samples = desk().samples(4);
    const before = await monai.datastoreStats();
    const begun = performance.now();
    await Promise.all(
      samples.map(({ imageId, image }) => monai.putImage({ imageId, fileName: `${imageId}.png`, bytes: image })),
    );
    const { json } = await desk().talk('GET', '/datastore/?output=all');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(3 * desk().writeGapMs);
    for (const { imageId } of samples) expect(at(json, 'objects', imageId, 'image', 'ext')).toBe('.png');
    expect((await monai.datastoreStats()).total).toBe(before.total + 4);
  });

  it('does not find an image by its right checksum', async () => {
    const sample = desk().sample();
    await desk().store(sample);
    const digest = createHash('sha256').update(sample.image).digest('hex');
    const path = `/datastore/image?image=${sample.imageId}`;
    expect((await desk().talk('HEAD', path)).status).toBe(200);
    const sum = await desk().talk('HEAD', `${path}&check_sum=SHA256:${digest}`);
    expect(sum.status).toBe(404);
  });
};
