import type { Mask } from './mask.ts';

/** The same mask in 8 bits where all its values fit, so that its PNG is one that every tool reads. */
export function narrowMask(mask: Mask): Mask {
  const fits = mask.values instanceof Uint16Array && mask.values.every((value) => value < 256);
  return fits ? { ...mask, values: Uint8Array.from(mask.values) } : mask;
}
