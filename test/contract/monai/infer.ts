import { expect, it } from '@jest/globals';
import { readMask } from '../../../src/coco/read-mask.ts';
import { failureOf } from '../kit/failure-of.ts';
import { ownName } from '../kit/names.ts';
import { HEIGHT, WIDTH } from '../kit/pictures.ts';
import type { MonaiCases } from '../kit/cases.ts';

export const inferCases: MonaiCases = (desk, { untrained }) => {
  if (untrained) {
    it('predicts with random weights before any model was published, as if nothing were missing', async () => {
      const { monai, model } = desk();
      expect(await monai.publishedModel(model)).toBeNull();
      expect(await monai.trainStats(model)).toBeNull();
      expect(await failureOf(monai.downloadModel(model))).toMatchObject({ code: 'ModelNotFound' });
      const sample = desk().sample();
      await desk().store(sample);
      const mask = readMask(await monai.infer(model, sample.imageId), 'prediction');
      expect([mask.width, mask.height]).toEqual([WIDTH, HEIGHT]);
    });
  } else {
    it.todo('predicts with random weights before any model was published (not run: this server has a model)');
  }

  it('answers 500 alike to an unknown model and an unknown image, which the client tells apart', async () => {
    const { monai, model } = desk();
    const sample = desk().sample();
    await desk().store(sample);
    const [noModel, noImage] = [ownName('model'), ownName('image')];
    for (const path of [`/infer/${noModel}?image=${sample.imageId}`, `/infer/${model}?image=${noImage}`]) {
      const { status, text } = await desk().talk('POST', `${path}&output=image`);
      expect([status, text]).toEqual([500, 'Internal Server Error']);
    }
    expect(await failureOf(monai.infer(noModel, sample.imageId))).toMatchObject({ code: 'ModelNotFound' });
    expect(await failureOf(monai.infer(model, noImage))).toMatchObject({ code: 'MonaiRejected' });
  });

  it('predicts an image that is sent along as it does one of its own, and keeps nothing of it', async () => {
    const { monai, model } = desk();
    const sample = desk().sample();
    await desk().store(sample);
    const before = await monai.datastoreStats();
    const file = { fileName: 'some.frame.png', bytes: sample.image };
    const sent = readMask(await monai.inferFile(model, file), 'sent');
    expect([...sent.values]).toEqual([...readMask(await monai.infer(model, sample.imageId), 'stored').values]);
    expect(await monai.datastoreStats()).toEqual(before);
    expect(await failureOf(monai.inferFile(ownName('model'), file))).toMatchObject({ code: 'ModelNotFound' });
    const garbage = { fileName: 'x.png', bytes: Buffer.from('no image') };
    expect(await failureOf(monai.inferFile(model, garbage))).toMatchObject({ code: 'MonaiRejected' });
  });

  it('lists its images, and proposes one after the other that has no final label', async () => {
    const { monai } = desk();
    const [one, two] = desk().samples(2);
    if (one === undefined || two === undefined) throw new Error('no pictures');
    await desk().store(one);
    await monai.putImage({ imageId: two.imageId, fileName: 'a.png', bytes: two.image });
    const images = new Map((await monai.images()).map((image) => [image.id, image]));
    expect(images.get(one.imageId)).toMatchObject({ extension: '.png', isLabelled: true });
    expect(images.get(two.imageId)).toMatchObject({ extension: '.png', isLabelled: false, uncertainty: null });
    const proposed = await monai.nextSample('random');
    expect(images.get(proposed ?? '')).toMatchObject({ isLabelled: false });
    expect(await failureOf(monai.nextSample(ownName('strategy')))).toMatchObject({ code: 'MonaiRejected' });
  });

  it('answers 404 alike to an unknown model and one that was never published, which the client tells apart', async () => {
    const name = ownName('model');
    expect((await desk().talk('GET', `/model/info/${name}`)).status).toBe(404);
    expect(await failureOf(desk().monai.publishedModel(name))).toMatchObject({ code: 'ModelNotFound' });
  });

  it('gives no mask unless asked for the image alone', async () => {
    const sample = desk().sample();
    await desk().store(sample);
    const json = await desk().talk('POST', `/infer/${desk().model}?image=${sample.imageId}&output=json`);
    expect(json.json).toMatchObject({ label_names: expect.anything(), latencies: expect.anything() });
    const all = await desk().talk('POST', `/infer/${desk().model}?image=${sample.imageId}`);
    expect(all.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
    const image = await desk().talk('POST', `/infer/${desk().model}?image=${sample.imageId}&output=image`);
    expect(image.headers.get('content-type')).toBe('image/png');
  });
};
