/** How the pixels of masks become shapes. */
export interface ConversionRules {
  /** What to do with values that no category declares: refuse the mask, or leave their pixels out and count them. */
  readonly unknown: 'error' | 'skip';
}
