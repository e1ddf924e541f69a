import path from 'node:path';
import type { Command } from 'commander';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { SelectionOptions } from '../../contracts/selection.ts';
import { readLoopFile } from '../../loop-file/read-loop-file.ts';
import { parseMixture } from '../../notation/mixture.ts';
import { finishedRuns } from '../../simulation/finished-runs.ts';
import type { SimulationRequest } from '../../simulation/request.ts';
import { standings } from '../../simulation/standing.ts';
import { runsOf, variantsOf, type SimulatedRun } from '../../simulation/variant.ts';
import { writeCurves } from '../../simulation/write-curves.ts';
import { argument, parseSizes, wholeNumber } from '../arguments.ts';
import { describeCommand, note, printJson, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { formatStandings } from '../format/standings.ts';
import { DEFAULT_LOOP_FILE } from '../loop-input.ts';
import { drySources } from '../loop-sources.ts';
import { reportProgress } from '../progress.ts';

type Mixture = SelectionOptions['mixture'];

interface Flags {
  readonly config: string;
  readonly labels: string;
  readonly strategies?: readonly Mixture[];
  readonly batchSizes?: readonly number[];
  readonly iterations: number;
  readonly seeds: number;
  readonly atOnce: number;
  readonly out: string;
  readonly again?: true;
  readonly json?: true;
}

/** `--labels` for what the team has sealed; a folder of this name is `./sealed`. */
const SEALED = 'sealed';

const readMixture = argument(parseMixture);

export const addSimulate: AddCommand = (program, context, end) => {
  const command = describeCommand(program, {
    usage: 'simulate',
    summary: 'compare ways to choose frames on labels that exist, with the real workflows and the configured trainer',
    example: 'simulate --labels masks/ --strategies random "70% uncertainty, 30% random" --seeds 3 --out curves/',
  });
  withFlags(command).action(async (flags: Flags) => {
    await simulate(context, flags);
    end(EXIT.done);
  });
};

function withFlags(command: Command): Command {
  return command
    .option('--config <FILE>', 'file of the loop', DEFAULT_LOOP_FILE)
    .requiredOption(
      '--labels <DIR>',
      `folder of masks named like the images, or ${SEALED}: what the project has sealed`,
    )
    .requiredOption('--out <DIR>', 'folder for curves.csv, curves.png and the loops that have finished')
    .option(
      '--strategies <MIXTURE...>',
      'strategies or mixtures to compare (default: that of the file)',
      (text: string, before: readonly Mixture[] | undefined) => [...(before ?? []), readMixture(text)],
    )
    .option('--batch-sizes <N,N>', 'sizes of batches to compare (default: that of the file)', parseSizes)
    .option('--iterations <N>', 'iterations of each loop', wholeNumber(1, 1000), 5)
    .option('--seeds <K>', 'loops of each strategy, each with another seed', wholeNumber(1, 1000), 1)
    .option('--at-once <N>', 'loops that run at the same time, where the trainer is a program', wholeNumber(1, 64), 2)
    .option('--again', 'run loops again that an earlier call has finished');
}

async function simulate(context: CliContext, flags: Flags): Promise<void> {
  const quiet = flags.json === true;
  const policy = await readLoopFile(flags.config, drySources(context, quiet));
  const runs = runsOfFlags(flags, policy);
  const out = path.resolve(flags.out);
  const reading = reportProgress(context, 'reading frames', quiet);
  const { points, frames } = await context.simulate({
    policy,
    labels: flags.labels === SEALED ? null : path.resolve(flags.labels),
    runs,
    iterations: flags.iterations,
    atOnce: flags.atOnce,
    signal: context.interrupted,
    onStage: (words) => (quiet ? undefined : note(context, words)),
    onFrames: reading.update,
    finished: finishedRuns(path.join(out, 'finished'), flags.again === true),
    ...saysIterations(context, flags, runs),
    onPoints: (known) => writeCurves(out, known),
  });
  reading.end();
  const files = { csv: path.join(out, 'curves.csv'), png: path.join(out, 'curves.png') };
  const reached = standings(points);
  if (quiet) printJson(context, { frames, standings: reached, points, files });
  else {
    context.stdout.write(formatStandings(reached, frames));
    note(context, `The curves: ${files.png}, ${files.csv}`);
  }
}

function runsOfFlags({ strategies, batchSizes, seeds }: Flags, policy: LoopPolicy): readonly SimulatedRun[] {
  const variants = variantsOf(strategies ?? [policy.selection.mixture], batchSizes ?? [policy.batchSize]);
  return runsOf(variants, seeds);
}

/** Says each iteration of each loop once, and which loops were simulated before. */
function saysIterations(
  context: CliContext,
  { iterations, seeds, json }: Flags,
  runs: readonly SimulatedRun[],
): Pick<SimulationRequest, 'onIteration' | 'onKnown'> {
  const said = new Map<string, number>();
  const total = runs.length * iterations;
  const say = ({ key, variant, seed }: SimulatedRun, number: number, words: string): void => {
    if (json === true || (said.get(key) ?? 0) >= number) return;
    said.set(key, number);
    const begun = [...said.values()].reduce((sum, one) => sum + one, 0);
    note(context, `[${begun}/${total}] ${variant.name}${seeds > 1 ? `, seed ${seed}` : ''}: ${words}`);
  };
  return {
    onIteration: (run, number) => say(run, number, `iteration ${number}`),
    onKnown: (run, number) => say(run, number, 'finished before'),
  };
}
