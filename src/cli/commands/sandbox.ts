import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Option } from 'commander';
import { MaskloopError } from '../../contracts/error.ts';
import { wholeNumber } from '../arguments.ts';
import { describeCommand, note, printJson, printLine, type AddCommand } from '../command.ts';
import type { CliContext, Sandbox, SandboxRequest } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { shellWord } from '../format/shell.ts';
import { programName } from '../program-name.ts';
import { untilAborted } from '../until-aborted.ts';

interface Flags {
  readonly dir?: string;
  readonly seed: number;
  readonly frames: number;
  readonly annotator: boolean;
  readonly youngModel?: true;
  readonly cvat: '2.54.1' | '2.73.0';
  readonly state?: string;
  readonly cvatPort?: number;
  readonly monaiPort?: number;
  readonly requestLog?: string;
  readonly json?: true;
}

const PORT = wholeNumber(0, 65_535);

export const addSandbox: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'sandbox',
    summary: 'run stand-ins of CVAT and MONAI Label with generated frames',
    example: 'sandbox --dir frames/ --seed 7',
  })
    .option('--dir <DIR>', 'folder for the frames (default: a new temporary one)')
    .option('--seed <N>', 'seed of everything that is generated', wholeNumber(0), 1)
    .option('--frames <N>', 'number of frames', wholeNumber(1), 24)
    .addOption(
      new Option('--cvat <VERSION>', 'release of CVAT to play').choices(['2.54.1', '2.73.0']).default('2.73.0'),
    )
    .option('--state <DIR>', 'keep the state of both in a folder, across restarts (default: in memory)')
    .option('--no-annotator', 'leave the annotation to you')
    .option('--young-model', 'begin with a published model that has learnt little (default: none)')
    .option('--cvat-port <N>', 'port of the stand-in CVAT (default: a free one)', PORT)
    .option('--monai-port <N>', 'port of the stand-in MONAI Label (default: a free one)', PORT)
    .option('--request-log <FILE>', 'write every request to a file, one JSON line each')
    .action(async (flags: Flags) => {
      const sandbox = await startOn(context, await toRequest(flags));
      try {
        sayReady(context, sandbox, flags.json === true);
        await untilAborted(context.interrupted);
      } finally {
        await sandbox.close();
      }
      end(EXIT.done);
    });
};

async function startOn(context: CliContext, request: SandboxRequest): Promise<Sandbox> {
  try {
    return await context.startSandbox(request);
  } catch (error) {
    const taken = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken) throw error;
    const port = 'port' in error && typeof error.port === 'number' ? error.port : null;
    throw new MaskloopError('AddressInUse', `Port ${port ?? ''} is taken by another program.`, {
      facts: { port },
      cause: error,
    });
  }
}

async function toRequest(flags: Flags): Promise<SandboxRequest> {
  const { seed, frames, annotator, cvat, state, youngModel, cvatPort, monaiPort, requestLog } = flags;
  const dir = flags.dir ?? (await mkdtemp(path.join(tmpdir(), 'maskloop-sandbox-')));
  await mkdir(dir, { recursive: true });
  return {
    dir: path.resolve(dir),
    seed,
    frames,
    annotator,
    cvatVersion: cvat,
    ...(youngModel === undefined ? {} : { youngModel }),
    ...(state === undefined ? {} : { stateDir: path.resolve(state) }),
    ...(cvatPort === undefined ? {} : { cvatPort }),
    ...(monaiPort === undefined ? {} : { monaiPort }),
    ...(requestLog === undefined ? {} : { requestLog: path.resolve(requestLog) }),
  };
}

/** Lines to paste into another shell go to stdout, so that they can be piped as well. */
function sayReady(context: CliContext, sandbox: Sandbox, json: boolean): void {
  if (json) return printJson(context, sandbox);
  const { username, password } = sandbox.cvatLogin;
  printLine(context, `export CVAT_URL=${sandbox.cvatUrl}`);
  printLine(context, `export CVAT_USERNAME=${shellWord(username)}`);
  printLine(context, `export CVAT_PASSWORD=${shellWord(password)}`);
  printLine(context, `export MONAI_LABEL_URL=${sandbox.monaiUrl}`);
  const name = programName(process.argv[1]);
  const folders = `--masks ${shellWord(sandbox.masksDir)} --images ${shellWord(sandbox.imagesDir)}`;
  note(
    context,
    `The sandbox runs; Ctrl-C ends it. With these settings and a worker (\`${name} up\`), try an iteration:`,
  );
  note(
    context,
    `  ${name} start --project Sandbox --create-project --task Iteration_1 ${folders} \\\n` +
      `    --categories ${shellWord(sandbox.categoriesFile)} --model ${sandbox.model} --poll 2s --quiet 5s --wait`,
  );
  note(context, 'or a loop, by a file that says all of that:');
  note(context, `  ${name} init --project Loop ${folders} --model ${sandbox.model}`);
  note(context, `  ${name} loop start maskloop.yaml`);
}
