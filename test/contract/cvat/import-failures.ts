import { expect, it } from '@jest/globals';
import type { Cases } from '../kit/cases.ts';
import { coco } from '../kit/coco.ts';
import { failureOf } from '../kit/failure-of.ts';
import { finish, importNow, uploadByHand } from '../kit/import.ts';

const FRAMES = ['a.png', 'b.png'];

export const importFailureCases: Cases = (desk) => {
  it('ends an import whose label or frame it does not know as failed, says which, and changes nothing', async () => {
    const { cvat } = desk();
    const wrong = [
      {
        bytes: coco(['a.png'], [{ image: 0, category: 'Tool' }], ['Tool']),
        message: "Image a: can't import annotation #0 (mask): Label 'Tool' is not registered for this task",
      },
      { bytes: coco(['z.png'], [{ image: 0 }]), message: "Could not match item id: 'z' with any task frame" },
      { bytes: coco(['a.png', 'z.png'], [{ image: 0 }]), message: "Could not match item id: 'z' with any task frame" },
    ];
    // Each in a task of its own, so that they do not wait for one another.
    const fail = async ({ bytes, message }: (typeof wrong)[number]): Promise<void> => {
      const { task } = await desk().task({ frames: FRAMES });
      await importNow(desk(), task.id, coco(FRAMES, [{ image: 0 }]));
      const before = await cvat.taskAnnotations(task.id);
      expect(await importNow(desk(), task.id, bytes)).toMatchObject({ status: 'failed', message });
      expect(before.shapes).toHaveLength(1);
      expect(await cvat.taskAnnotations(task.id)).toEqual(before);
    };
    await Promise.all(wrong.map(fail));
  });

  it('puts the class of the exception before a message and a line end behind it, which the client takes off', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    const { id, message } = await importNow(desk(), task.id, coco(['z.png'], []));
    const { json } = await desk().talk('GET', `/api/requests/${encodeURIComponent(id)}`);
    expect(json).toMatchObject({ message: `cvat.apps.dataset_manager.bindings.CvatImportError: ${message}\n` });
  });

  it('takes category 0 for none, even where the document has one of that id', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    const text = Buffer.from(coco(['a.png'], [{ image: 0, category: 'none' }], ['tool'])).toString();
    const document = text.replace('"categories":[', '"categories":[{"id":0,"name":"tissue"},');
    expect(document).toContain('"category_id":0');
    expect(await importNow(desk(), task.id, Buffer.from(document))).toMatchObject({
      status: 'failed',
      message: "Image a: can't import annotation #0 (mask): annotation has no label",
    });
  });

  it('does not mind categories that no annotation uses', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    const document = coco(['a.png'], [{ image: 0 }], ['tool', 'unheard of']);
    expect(await importNow(desk(), task.id, document)).toMatchObject({ status: 'finished' });
  });

  it('fails over what is no JSON', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    expect(await importNow(desk(), task.id, Buffer.from('{"images": ['))).toMatchObject({ status: 'failed' });
  });

  it('looks at the format at the very end, and uses up the upload', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    const upload = await uploadByHand(desk(), task.id, coco([], []));
    const unknown = await finish(desk(), task.id, upload, { format: 'COCO 9.9' });
    expect(unknown).toMatchObject({ status: 400, json: ["Unknown input format 'COCO 9.9'"] });
  });

  it('is not asked to import nothing, which it would answer as if it were broken', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    const empty = desk().cvat.startImport(task.id, { bytes: new Uint8Array(), fileName: 'empty.json' });
    expect(await failureOf(empty)).toMatchObject({ code: 'ImportRejected' });
  });
};
