import type { z } from 'zod';
import type { frameRow } from '../../../../../src/api/schemas/gallery.ts';

/** A frame in the list, as the server tells it. */
export type FrameRow = z.output<typeof frameRow>;

/** The orders that the server knows. */
export const FRAME_ORDERS = ['disagreement', 'name', 'number'] as const;
export type FrameOrder = (typeof FRAME_ORDERS)[number];
