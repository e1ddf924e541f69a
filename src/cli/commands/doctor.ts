import type { Group } from '../../inspection/group.ts';
import type { Part } from '../../inspection/inspect.ts';
import { describeCommand, note, printJson, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { countLevel, formatGroup, formatVerdict } from '../format/findings.ts';

interface Flags {
  readonly fix?: true;
  readonly connection?: string;
  readonly project?: string;
  readonly json?: true;
}

export const addDoctor: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'doctor',
    summary: 'look at Temporal, workers, the store, CVAT and MONAI Label, from here and from a worker',
    example: 'doctor --project SurgVU',
  })
    .option('--fix', 'register search attributes that Temporal lacks, and the webhook of --project in CVAT')
    .option('--connection <NAME>', 'look at this connection only (default: all)')
    .option('--project <P>', 'look for this project and its labels as well')
    .action(async ({ fix, connection, project, json }: Flags) => {
      const parts = await context.inspect({
        fix: fix === true,
        connections: connection === undefined ? null : [connection],
        project: project ?? null,
      });
      const groups = await printAsTheyCome(context, parts, json === true);
      const problems = countLevel(groups, 'problem');
      const told = groups.map(({ title, findings }) => ({ title, findings }));
      if (json === true) printJson(context, { problems, warnings: countLevel(groups, 'warning'), groups: told });
      else context.stdout.write(`${formatVerdict(groups)}\n`);
      end(problems === 0 ? EXIT.done : EXIT.failed);
    });
};

/** Prints groups in the order of their parts, each as soon as those before it are there. */
async function printAsTheyCome(context: CliContext, parts: readonly Part[], json: boolean): Promise<readonly Group[]> {
  const all: Group[] = [];
  for (const { name, groups } of parts) {
    const waiting = json ? undefined : setTimeout(() => note(context, `looking at ${name} …`), SLOW_MS);
    const found = await groups;
    clearTimeout(waiting);
    for (const group of found) {
      const told = json ? group : onceOnly(group, all);
      all.push(told);
      if (!json) context.stdout.write(`${formatGroup(told, context.stdout.colours)}\n`);
    }
  }
  return all;
}

/** A server that looks from here exactly as from the worker is told once. */
function onceOnly(group: Group, before: readonly Group[]): Group {
  const [server = ''] = group.title.split(', from ');
  const same = before.find(({ title, findings }) => {
    return title.startsWith(`${server}, from `) && JSON.stringify(findings) === JSON.stringify(group.findings);
  });
  if (same === undefined) return group;
  return { title: group.title, findings: [{ level: 'ok', message: `the same as ${same.title}`, action: null }] };
}

/** A person begins to wonder after this time, in milliseconds. */
const SLOW_MS = 500;
