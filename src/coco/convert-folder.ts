import { availableParallelism } from 'node:os';
import { COMPACT_LAYOUT, NOTEBOOK_LAYOUT } from './document-layout.ts';
import { inThisThread } from './mask-batches.ts';
import { createMaskThreads } from './mask-threads.ts';
import { masksToCoco, type Conversion, type ConversionOptions } from './masks-to-coco.ts';

/** A conversion as a person asks for it. */
export interface FolderConversion extends Omit<ConversionOptions, 'batches' | 'format'> {
  /** Threads, from 1; null for one for each core. The documents do not depend on it. */
  readonly workers: number | null;
  /** A line for each image and annotation instead of the notebook's layout. */
  readonly compact: boolean;
  readonly gzip: boolean;
}

/** {@link masksToCoco} with threads of its own. */
export async function convertFolder({ workers, compact, gzip, ...options }: FolderConversion): Promise<Conversion> {
  const format = { layout: compact ? COMPACT_LAYOUT : NOTEBOOK_LAYOUT, gzip };
  const threads = workers ?? availableParallelism();
  if (threads === 1) return masksToCoco({ ...options, format, batches: inThisThread });
  const batches = createMaskThreads(threads);
  try {
    return await masksToCoco({ ...options, format, batches });
  } finally {
    await batches.close();
  }
}
