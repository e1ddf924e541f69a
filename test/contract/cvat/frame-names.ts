import { expect, it } from '@jest/globals';
import type { Cases } from '../kit/cases.ts';
import { coco } from '../kit/coco.ts';
import type { Desk } from '../kit/cvat-desk.ts';
import { importNow } from '../kit/import.ts';

/** Frames that the shapes of names land on; the message if CVAT refuses them. */
async function landing(desk: Desk, taskId: number, ...names: string[]): Promise<readonly number[] | string> {
  const request = await importNow(
    desk,
    taskId,
    coco(
      names,
      names.map((_, image) => ({ image })),
    ),
  );
  if (request.status === 'failed') return request.message;
  const { shapes } = await desk.cvat.taskAnnotations(taskId);
  return shapes.map(({ frame }) => frame).toSorted((a, b) => a - b);
}

const refused = (id: string): string => `Could not match item id: '${id}' with any task frame`;

export const frameNameCases: Cases = (desk) => {
  it('matches names without their extension, in their case and with their folders', async () => {
    const { task } = await desk().task({ frames: ['a_1.png', 'b_2.png'] });
    expect(await landing(desk(), task.id, 'b_2.jpg')).toEqual([1]);
    expect(await landing(desk(), task.id, 'b_2')).toEqual([1]);
    expect(await landing(desk(), task.id, 'B_2.png')).toBe(refused('B_2'));
    expect(await landing(desk(), task.id, 'x/b_2.png')).toBe(refused('x/b_2'));
    expect(await landing(desk(), task.id, 'b_2.x.png')).toBe(refused('b_2.x'));
  });

  it('takes a name that reads as a number for the frame of that number, without a word', async () => {
    const { task } = await desk().task({ frames: ['case_07.png', 'case_08.png', 'case_09.png'] });
    expect(await landing(desk(), task.id, '1.png')).toEqual([1]);
    expect(await landing(desk(), task.id, '000002.png')).toEqual([2]);
    expect(await landing(desk(), task.id, 'case_08.png', '000001.png')).toEqual([1, 1]);
    expect(await landing(desk(), task.id, '000003.png')).toBe(refused('000003'));
    expect(await landing(desk(), task.id, '1.0.png')).toBe(refused('1.0'));
    expect(await landing(desk(), task.id, 'frame_000001.png')).toBe(refused('frame_000001'));
  });
};
