/** One object on a frame. */
export interface LabelledInstance {
  readonly category: number;
  readonly job: number;
  /** CVAT's ids of its shapes and tracks. */
  readonly shapes: readonly number[];
  /** Pixels of its shapes, each counted for itself, also where another lies above. */
  readonly pixels: number;
}
