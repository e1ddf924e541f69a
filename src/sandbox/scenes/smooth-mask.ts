import type { Mask } from '../../coco/mask.ts';

/** Gives each pixel the value that is most frequent among it and its eight neighbours; a tie keeps its own. */
export function smoothMask(mask: Mask, rounds: number): Mask {
  let values = mask.values;
  for (let round = 0; round < rounds; round += 1) values = smoothOnce({ ...mask, values });
  return { ...mask, values };
}

function smoothOnce({ width, height, values }: Mask): Mask['values'] {
  return values.map((own, at) => {
    const x = at % width;
    const y = Math.floor(at / width);
    const votes = new Map<number, number>();
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
        const value = values[row * width + column] ?? 0;
        votes.set(value, (votes.get(value) ?? 0) + 1);
      }
    }
    let winner = own;
    for (const [value, count] of votes) if (count > (votes.get(winner) ?? 0)) winner = value;
    return winner;
  });
}
