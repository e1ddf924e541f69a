import type { ArtifactRef } from './refs.ts';
import type { Excerpt } from './comparison.ts';
import type { FirstRanges } from './ranges.ts';

/** Sealed shapes by the `source` that CVAT keeps of each. */
export interface OriginCounts {
  /** `auto`: a model's, or imported as such; nobody has edited it since. */
  readonly auto: number;
  /** `file`: imported without a word on where it came from; nobody has edited it since. */
  readonly file: number;
  /** `semi-auto`: an `auto` shape that somebody edited, or one drawn with a tool that proposes outlines. */
  readonly semiAuto: number;
  /** `manual`: drawn by hand, or a `file` shape that somebody edited. */
  readonly manual: number;
  /** What CVAT calls otherwise, such as `consensus`. */
  readonly other: number;
}

/** Shapes on some frames. */
export interface FrameOrigins {
  readonly frames: number;
  readonly shapes: OriginCounts;
}

export interface ClassOrigins {
  /** The label's name in CVAT. */
  readonly name: string;
  readonly shapes: OriginCounts;
}

export interface JobOrigins extends FrameOrigins {
  readonly job: number;
}

export interface PersonOrigins extends FrameOrigins {
  /** Who had the jobs when they were sealed; null for jobs that nobody had. */
  readonly person: string | null;
}

/** Content of {@link OriginsRef.manifest}. */
export interface OriginsManifest {
  readonly schema: 'maskloop.origins/1';
  readonly shapes: OriginCounts;
  readonly classes: readonly ClassOrigins[];
  readonly jobs: readonly JobOrigins[];
  /** Null where people are not to be told apart. */
  readonly people: readonly PersonOrigins[] | null;
  /** Frames that have a label; `frame` is the number in the task, from 0. */
  readonly frames: readonly {
    readonly name: string;
    readonly frame: number;
    readonly job: number;
    readonly shapes: OriginCounts;
  }[];
}

/** Where the sealed shapes of a task that was only observed come from, in less than 5 kB. Names are cut; the manifest has all. */
export interface OriginsRef extends FrameOrigins {
  readonly manifest: ArtifactRef;
  /** Frames with shapes of which all are `auto` or `file`. */
  readonly asImported: FirstRanges;
  /** Frames with a shape that is neither. */
  readonly touched: FirstRanges;
  /** By the number of shapes that are neither, the most first, as are jobs and people. */
  readonly classes: Excerpt<ClassOrigins>;
  readonly jobs: Excerpt<JobOrigins>;
  readonly people: Excerpt<PersonOrigins> | null;
}
