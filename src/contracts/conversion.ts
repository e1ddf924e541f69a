/** How the pixels of masks become shapes. Plain data: iterations store it, threads are sent it, hashes are taken of it. */
export interface ConversionRules {
  /** What to do with values that no category declares, and unknown colours: refuse the mask, or leave their pixels out and count them. */
  readonly unknown: 'error' | 'skip';
  /** `[from, to]`: pixels of the value `from` count as `to`, which is 0 or declared. Other values mean themselves. */
  readonly values: readonly (readonly [number, number])[];
  /** Values whose pixels are left out and counted, whether a category declares them or not. */
  readonly ignore: readonly number[];
  /**
   * `[colour, value]`, as in `['#ff0000', 1]`: pixels are colours, and count as the value, which is 0 or declared; colours that
   * are not named are unknown. Null if pixels are values. Goes without `values` and `ignore`.
   */
  readonly colours: readonly (readonly [string, number])[] | null;
  /** How a class is split into one annotation for each connected component; null for one annotation a class. */
  readonly components: ComponentRule | null;
}

/** What is one component. */
export interface ComponentRule {
  /** 4: pixels that share a side. 8: those that share a corner too. */
  readonly connectivity: 4 | 8;
  /** Components of fewer pixels are dropped and counted. */
  readonly minArea: number;
}

/** The value of a pixel is its category; every value is declared; a class is one annotation. */
export const DEFAULT_RULES: ConversionRules = {
  unknown: 'error',
  values: [],
  ignore: [],
  colours: null,
  components: null,
};

/** How an iteration converts its masks. */
export interface ConversionInput {
  readonly rules: ConversionRules;
  /** Masks that one activity converts, at least 1; doubled until no more than 64 shards hold all masks. */
  readonly shardSize: number;
}
