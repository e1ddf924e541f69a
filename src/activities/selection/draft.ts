import { tombstoneName } from '../../contracts/ids.ts';
import type { Sample, Strategy } from '../../contracts/selection.ts';
import { createLooks, type Looks } from '../../selection/alike.ts';
import type { PoolFrame } from '../../selection/pool-frame.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { FrameView, FrameViews } from './frame-views.ts';
import type { CarriedFrame } from './carried-over.ts';

/** A frame that may be chosen, looked at. */
export interface Candidate {
  readonly frame: PoolFrame;
  readonly view: FrameView;
}

/** The frames that are being chosen. */
export interface Draft {
  readonly samples: readonly Sample[];
  readonly usedByContent: ReadonlySet<string>;
  readonly alike: ReadonlySet<string>;
  isChosen(name: string): boolean;
  /** The frame if it may be chosen now; null where it may not. `beside` are other frames that it must not look like. */
  admit(frame: PoolFrame, beside?: Looks): Promise<Candidate | null>;
  take(candidate: Candidate, strategy: Strategy, score: number | null): void;
  carry(frame: CarriedFrame, view: FrameView | null): void;
}

export interface DraftSettings {
  readonly store: ArtifactStore;
  readonly views: FrameViews;
  /** SHA-256 of images that were used before. */
  readonly usedHashes: ReadonlySet<string>;
  /** How the frames look that were used before. */
  readonly usedLooks: Looks;
  /** Least distance of frames of a group. */
  readonly thinning: number;
}

/**
 * Chooses frames one by one and refuses those whose content was chosen before, here or earlier, that were forgotten, that
 * cannot be decoded, and that look like another one of their group.
 */
export function createDraft({ store, views, usedHashes, usedLooks, thinning }: DraftSettings): Draft {
  const samples: Sample[] = [];
  const chosen = new Map<string, string>();
  const hashes = new Set<string>();
  const looks = createLooks(thinning);
  const usedByContent = new Set<string>();
  const alike = new Set<string>();

  const add = (sample: Sample, view: FrameView | null): void => {
    samples.push(sample);
    chosen.set(sample.name, sample.sha256);
    hashes.add(sample.sha256);
    if (view !== null) looks.add(sample.group, view.grey);
  };

  return {
    samples,
    usedByContent,
    alike,
    isChosen: (name) => chosen.has(name),
    async admit(frame, beside) {
      if (chosen.has(frame.name)) return null;
      const view = await views.view(frame.name);
      if (view === null) return null;
      const { sha256, grey } = view;
      if (usedHashes.has(sha256) || (await store.getNamed(tombstoneName(sha256))) !== null) {
        usedByContent.add(frame.name);
        return null;
      }
      const isTwin =
        hashes.has(sha256) || [looks, usedLooks, beside].some((known) => known?.isAlike(frame.group, grey));
      if (isTwin) alike.add(frame.name);
      return isTwin ? null : { frame, view };
    },
    take({ frame: { name, group }, view }, strategy, score) {
      add({ name, group, sha256: view.sha256, strategy, score }, view);
    },
    carry({ name, group, sha256 }, view) {
      add({ name, group, sha256, strategy: 'carried', score: null }, view);
    },
  };
}
