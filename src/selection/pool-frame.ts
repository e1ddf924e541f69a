/** A frame that may be chosen. */
export interface PoolFrame {
  /** Path in the pool, with `/`: unique. */
  readonly name: string;
  /** What it belongs to: a video, a patient; its own name where it stands alone. */
  readonly group: string;
}
