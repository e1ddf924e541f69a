import { currentModel, type ModelEventName, type ModelPlace } from '../contracts/model-register.ts';
import type { ModelRegister } from './known-registers.ts';

/** What the register knows of one model file. */
export interface ModelVersion extends ModelPlace {
  /** What the trainer is called in names of the store; null for a register that was kept by connection. */
  readonly trainer: string | null;
  readonly checksum: string;
  /** True for the one that should be published. */
  readonly isCurrent: boolean;
  /** What happened to it last. */
  readonly event: ModelEventName;
  readonly iteration: string | null;
  /** Mean Dice on the held-out frames of its iteration; null where it was not measured. */
  readonly dice: number | null;
  /** The same by class, of the first 20; null for a class that is nowhere. */
  readonly classes: Readonly<Record<string, number | null>>;
  /** Frames that it was measured on; null where it was not. */
  readonly frames: number | null;
  readonly by: string | null;
  readonly at: string;
  readonly reasons: readonly string[];
}

/** Events that say nothing of a model itself. */
const ASIDE: readonly ModelEventName[] = ['training', 'kept'];

/** The models of a register, the one that something happened to last first. */
export function modelVersions({ trainer, events }: Pick<ModelRegister, 'trainer' | 'events'>): readonly ModelVersion[] {
  const current = currentModel(events);
  const about = events.filter(({ event }) => !ASIDE.includes(event)).toReversed();
  const checksums = [...new Set(about.map(({ checksum }) => checksum))];
  return checksums.flatMap((checksum) => {
    const own = about.filter((event) => event.checksum === checksum);
    const [last] = own;
    if (last === undefined) return [];
    const { connection, model, event, by, at } = last;
    const measured = own.find(({ metrics }) => metrics !== null);
    const iteration = own.find((one) => one.iteration !== null)?.iteration ?? null;
    // Why somebody did it by hand counts more than what the gate found before.
    const reasons = last.reasons.length > 0 ? last.reasons : (measured?.reasons ?? []);
    const { dice = null, classes = {}, frames = null } = measured?.metrics ?? {};
    return [
      {
        trainer,
        connection,
        model,
        checksum,
        isCurrent: checksum === current,
        event,
        iteration,
        dice,
        classes,
        frames,
        by,
        at,
        reasons,
      },
    ];
  });
}
