import { expect, it } from '@jest/globals';
import type { Cases } from '../kit/cases.ts';
import { coco } from '../kit/coco.ts';
import type { Desk } from '../kit/cvat-desk.ts';
import { importNow } from '../kit/import.ts';

interface Landing {
  /** File names in a document. */
  readonly names: readonly string[];
  /** Frames that the shapes of these names land on; the message if CVAT refuses them. */
  readonly on: readonly number[] | string;
}

/** Where shapes of names land, each document in a task of its own: they do not wait for one another. */
function land(desk: Desk, frames: readonly string[], expected: readonly Landing[]): Promise<readonly Landing[]> {
  return Promise.all(
    expected.map(async ({ names }): Promise<Landing> => {
      const { task } = await desk.task({ frames });
      const annotations = names.map((_, image) => ({ image }));
      const request = await importNow(desk, task.id, coco(names, annotations));
      if (request.status === 'failed') return { names, on: request.message };
      const { shapes } = await desk.cvat.taskAnnotations(task.id);
      return { names, on: shapes.map(({ frame }) => frame).toSorted((a, b) => a - b) };
    }),
  );
}

const refused = (id: string): string => `Could not match item id: '${id}' with any task frame`;

export const frameNameCases: Cases = (desk) => {
  it('matches names without their extension, in their case and with their folders', async () => {
    const expected = [
      { names: ['b_2.jpg'], on: [1] },
      { names: ['b_2'], on: [1] },
      { names: ['B_2.png'], on: refused('B_2') },
      { names: ['x/b_2.png'], on: refused('x/b_2') },
      { names: ['b_2.x.png'], on: refused('b_2.x') },
    ];
    expect(await land(desk(), ['a_1.png', 'b_2.png'], expected)).toEqual(expected);
  });

  it('takes a name that reads as a number for the frame of that number, without a word', async () => {
    const expected = [
      { names: ['1.png'], on: [1] },
      { names: ['000002.png'], on: [2] },
      { names: ['case_08.png', '000001.png'], on: [1, 1] },
      { names: ['000003.png'], on: refused('000003') },
      { names: ['1.0.png'], on: refused('1.0') },
      { names: ['frame_000001.png'], on: refused('frame_000001') },
    ];
    expect(await land(desk(), ['case_07.png', 'case_08.png', 'case_09.png'], expected)).toEqual(expected);
  });
};
