import type { ArtifactRef } from './refs.ts';

/** Whether a comparison tells who corrected how much: by the names of CVAT, as `person 1`, `person 2`, …, or not at all. */
export const PEOPLE_SETTINGS = ['names', 'pseudonyms', 'none'] as const;
export type PeopleSetting = (typeof PEOPLE_SETTINGS)[number];

/** What became of shapes. Before: untouched + edited + removed; afterwards: untouched + edited + added. */
export interface ShapeFates {
  readonly untouched: number;
  readonly edited: number;
  /** Those of the edited ones that are of another class now. */
  readonly relabelled: number;
  readonly added: number;
  readonly removed: number;
}

/** Pixels of one class: in the pre-annotations and the labels at the same place, in the first, in the second. */
export interface ClassPixels {
  readonly both: number;
  readonly before: number;
  readonly after: number;
}

/** What people changed on some frames. */
export interface Corrections {
  readonly frames: number;
  /** Frames on which every shape is untouched and none was added. */
  readonly untouchedFrames: number;
  /** Pixels whose class is another one than before, background included. */
  readonly changedPixels: number;
  /** Pixels with a class before or afterwards. */
  readonly unionPixels: number;
  readonly shapes: ShapeFates;
}

export interface ClassCorrections {
  readonly category: number;
  readonly name: string;
  readonly pixels: ClassPixels;
  /** An edited or removed shape counts for the class that it had before. */
  readonly shapes: ShapeFates;
}

export interface JobCorrections extends Corrections {
  readonly job: number;
}

export interface PersonCorrections extends Corrections {
  /** Who had the jobs when they were sealed; null for jobs that nobody had. */
  readonly person: string | null;
}

/** One frame that was compared. */
export interface FrameCorrections {
  readonly name: string;
  /** Frame number in the task, from 0. */
  readonly frame: number;
  /** The job that the frame counts for: of those that have it, the one with the lowest first frame. */
  readonly job: number;
  readonly changedPixels: number;
  readonly unionPixels: number;
  /** Classes with a shape or a pixel, before or afterwards. */
  readonly classes: readonly Omit<ClassCorrections, 'name'>[];
}

/** Why a frame was not compared; `not imported`: it is of a job that the import left alone. */
export type NotCompared = 'deleted' | 'unfinished' | 'not imported' | 'no pre-annotations';

/** Content of {@link ComparisonRef.manifest}. */
export interface ComparisonManifest {
  readonly schema: 'maskloop.comparison/1';
  readonly total: Corrections;
  readonly classes: readonly ClassCorrections[];
  readonly jobs: readonly JobCorrections[];
  /** Null where people are not to be told apart. */
  readonly people: readonly PersonCorrections[] | null;
  readonly frames: readonly FrameCorrections[];
  readonly notCompared: readonly { readonly name: string; readonly frame: number; readonly why: NotCompared }[];
  /** Images of the document that are no frame of the task; absent without any. */
  readonly imagesWithoutFrame?: readonly string[];
}

/** The first of a list, and how long it is. */
export interface Excerpt<T> {
  readonly first: readonly T[];
  readonly total: number;
}

/** Why there is none: the code of the failure. The iteration goes on without it. */
export interface ComparisonFailed {
  readonly failed: string;
}

/** The pre-annotations compared with the sealed labels, in less than 6 kB. Names are cut; the manifest has all. */
export interface ComparisonRef extends Corrections {
  readonly manifest: ArtifactRef;
  /** Frames that were not compared. */
  readonly notCompared: Readonly<Record<NotCompared, number>>;
  /** Images of the document that are no frame of the task; absent without any. An import would have refused them. */
  readonly imagesWithoutFrame?: number;
  /** Over the classes with a pixel, all frames together; null without any. */
  readonly meanIou: number | null;
  readonly meanDice: number | null;
  /** By the number of wrong pixels, the most first. */
  readonly classes: Excerpt<ClassCorrections>;
  /** By the number of changed pixels, the most first, as are people. */
  readonly jobs: Excerpt<JobCorrections>;
  readonly people: Excerpt<PersonCorrections> | null;
  /** Frames with changed pixels by their share of all, the largest first. */
  readonly worstFrames: readonly Pick<FrameCorrections, 'name' | 'frame' | 'changedPixels' | 'unionPixels'>[];
}
