import type { Desk } from './cvat-desk.ts';
import type { MonaiDesk } from './monai-desk.ts';

/** What is known of a CVAT before it is opened. */
export interface CvatTraits {
  /** Whether somebody logs in by password, so that logging out and access tokens can be tried. */
  readonly password: boolean;
  /** True if nothing stands before CVAT that adds headers. */
  readonly direct: boolean;
  /** E-mail address of another account, which is invited into the organization of the tests; null if none is known. */
  readonly colleague: string | null;
}

/** Registers cases that a server needs to be told more for, so that the report shows them as not run. */
export type Cases = (desk: () => Desk, traits: CvatTraits) => void;

/** What is known of a MONAI Label before it is opened. */
export interface MonaiTraits {
  /** True if no model was ever published on it. */
  readonly untrained: boolean;
}

/** Registers cases over a desk; what cannot be tried on this server is reported as not run. */
export type MonaiCases = (desk: () => MonaiDesk, traits: MonaiTraits) => void;
