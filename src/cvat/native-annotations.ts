/** One shape, track or tag with every field that CVAT gave it, in CVAT's own names. */
export type NativeItem = Readonly<Record<string, unknown>>;

/** Annotations of one job with nothing left out: what a backup keeps and a restore puts back. */
export interface NativeAnnotations {
  readonly shapes: readonly NativeItem[];
  readonly tracks: readonly NativeItem[];
  readonly tags: readonly NativeItem[];
}
