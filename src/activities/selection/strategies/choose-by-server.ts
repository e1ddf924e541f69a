import type { MonaiLabel } from '../../../monai/monai.ts';
import type { PoolFrame } from '../../../selection/pool-frame.ts';
import type { Selecting } from '../selecting.ts';

/** Strategies that every MONAI Label has and that look at nothing. */
const BLIND: readonly string[] = ['random', 'first'];

/** Proposals in a row that were of no use, after which the server has nothing new. */
const MOST_IN_A_ROW = 10;

/** The server's most telling strategy: one of its app's own before those that look at nothing. */
async function strategyOf(monai: MonaiLabel, signal: AbortSignal): Promise<string | null> {
  const { strategies } = await monai.info(signal);
  return strategies.find((name) => !BLIND.includes(name)) ?? BLIND.find((name) => strategies.includes(name)) ?? null;
}

/** Takes what a strategy of MONAI Label proposes, one image a call; proposals that come again are passed over. */
export async function chooseByServer(selecting: Selecting, count: number): Promise<number> {
  const { monai, pool, note, dry, signal } = selecting;
  const ids = new Map(selecting.eligible.map((frame) => [pool.imageIdOf(frame.name), frame]));
  if (monai === null || selecting.policy.pool.kind !== 'datastore') {
    note("server: only images of MONAI Label's datastore are proposed by it, and the pool is none.");
    return 0;
  }
  const strategy = await strategyOf(monai, signal);
  if (strategy === null) {
    note('server: MONAI Label has no strategy.');
    return 0;
  }
  if (dry) {
    note(`server: MONAI Label's strategy '${strategy}' would be asked, and would note what it proposed.`);
    return 0;
  }
  return followProposals(selecting, { count, strategy, monai, ids });
}

async function followProposals(
  { draft, note, signal, report }: Selecting,
  how: {
    readonly count: number;
    readonly strategy: string;
    readonly monai: MonaiLabel;
    readonly ids: ReadonlyMap<string | null, PoolFrame>;
  },
): Promise<number> {
  const { count, strategy, monai, ids } = how;
  let [taken, useless] = [0, 0];
  while (taken < count && useless < MOST_IN_A_ROW) {
    signal.throwIfAborted();
    const id = await monai.nextSample(strategy, signal);
    if (id === null) break;
    const frame = ids.get(id);
    const candidate = frame === undefined ? null : await draft.admit(frame);
    useless = candidate === null ? useless + 1 : 0;
    if (candidate === null) continue;
    draft.take(candidate, 'server', null);
    taken += 1;
    report({ phase: 'images', done: taken, total: count });
  }
  const ending = useless >= MOST_IN_A_ROW ? `proposed nothing new ${MOST_IN_A_ROW} times in a row` : 'has nothing left';
  if (taken < count) note(`server: MONAI Label's strategy '${strategy}' ${ending} after ${taken} frames.`);
  return taken;
}
