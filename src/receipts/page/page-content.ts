import type { Receipt } from '../../contracts/receipt.ts';
import type { Note } from '../notes.ts';
import type { Gate, Promotion } from './read-gate.ts';

/** Everything that the page of a receipt shows; what is not known is null or empty, and left out. */
export interface PageContent {
  readonly receipt: Receipt;
  readonly sha256: string;
  readonly classes: readonly ClassRow[];
  readonly gate: Gate | null;
  readonly promotion: Promotion | null;
  readonly figures: readonly FigureGroup[];
  /** Written down before the iteration ended. */
  readonly notes: readonly Note[];
}

/** One class; values from 0 to 1. */
export interface ClassRow {
  readonly name: string;
  /** Dice of the model before and of the new one on held-out frames. */
  readonly before: number | null;
  readonly after: number | null;
  readonly floor: number | null;
  /** Dice of pre-annotations and final labels. */
  readonly agreement: number | null;
}

export interface FigureGroup {
  readonly title: string;
  /** What the dashed and the solid outline are. */
  readonly dashed: string;
  readonly solid: string;
  readonly frames: readonly FrameFigure[];
}

/** One frame, drawn. Sizes in pixels of the frame. */
export interface FrameFigure {
  readonly name: string;
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  /** `data:` address of the image; null where it is nowhere to be had, or too large. */
  readonly image: string | null;
  readonly dashed: string;
  readonly solid: string;
}
