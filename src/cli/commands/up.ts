import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { MaskloopError, type Facts } from '../../contracts/error.ts';
import { wholeNumber } from '../arguments.ts';
import { describeCommand, note, printJson, printLine, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { formatFacts } from '../format/facts.ts';
import { DEFAULT_PORT, exportLines, pagesLine, servedFacts, type Served } from '../format/up.ts';
import { endLeftoverServer, forgetServer, recordServer } from '../up/server-record.ts';
import { takePort } from '../up/port.ts';
import { runProcesses } from '../up/run-processes.ts';
import { temporalArguments } from '../up/temporal-arguments.ts';
import { startServer, type ServerProcess } from '../up/temporal-server.ts';
import { untilAnswering } from '../up/until-answering.ts';

interface Flags {
  readonly state?: string;
  readonly port: number;
  readonly ui?: true;
  readonly uiPort?: number;
  readonly json?: true;
}

/** Our own server takes no login and no TLS, whatever is set for another one. */
const PLAIN = { TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: '', TEMPORAL_API_KEY_FILE: '' };

const PORT = wholeNumber(0, 65_535);

export const addUp: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'up',
    summary:
      "run Temporal's own server with a database file, a worker, and the server with its pages; restarting loses nothing",
    example: 'up --state /var/lib/maskloop',
  })
    .option('--state <DIR>', `folder of the database (default: ${context.stateFolder})`)
    .option('--port <N>', 'port of Temporal; 0 for a free one', PORT, DEFAULT_PORT)
    .option('--ui', "serve Temporal's own web page as well")
    .option('--ui-port <N>', 'port of that page (default: 1000 above --port)', PORT)
    .action(async (flags: Flags) => {
      await up(context, flags);
      if (flags.json !== true)
        note(context, 'Server, worker and Temporal have ended; `maskloop up` goes on from here.');
      end(EXIT.done);
    });
};

async function up(context: CliContext, flags: Flags): Promise<void> {
  await context.checkWorkerSettings();
  const stateFolder = path.resolve(flags.state ?? context.stateFolder);
  await mkdir(stateFolder, { recursive: true });
  const leftover = await endLeftoverServer(stateFolder);
  if (leftover !== null) note(context, `Ended the server (process ${leftover}) that an earlier \`up\` left behind.`);
  const port = await takePort(flags.port);
  const served = { port, uiPort: await takePagePort(port, flags) };
  const server = await startTemporal(context, stateFolder, served);
  await recordServer(stateFolder, server.pid);
  try {
    await runBeside(context, server, { ...served, stateFolder, json: flags.json === true });
  } finally {
    await server.stop();
    await forgetServer(stateFolder);
  }
}

/** The port of Temporal's own page; null where none is wanted. @throws MaskloopError `AddressInUse` */
async function takePagePort(port: number, { ui, uiPort }: Flags): Promise<number | null> {
  return ui === true || uiPort !== undefined ? takePort(uiPort ?? port + 1000) : null;
}

async function startTemporal(context: CliContext, stateFolder: string, served: Served): Promise<ServerProcess> {
  const program = await context.findTemporal((line) => note(context, line));
  const words = temporalArguments({ ...served, stateFolder, namespace: context.temporalNamespace() });
  return startServer(program, words, path.join(stateFolder, 'temporal.log'));
}

/** The line to paste into other shells goes to stdout, so that it can be piped as well. */
function sayReady(context: CliContext, facts: Facts, served: Served & { json: boolean }): void {
  if (served.json) return printJson(context, facts);
  for (const line of exportLines(served)) printLine(context, line);
  note(context, `Temporal, a worker and a server run; Ctrl-C ends all.\n${formatFacts(facts)}\n${pagesLine(facts)}`);
}

/** Runs our processes beside Temporal's server until we are interrupted or one of them ends; then the others end as well. */
async function runBeside(
  context: CliContext,
  server: ServerProcess,
  served: Served & { stateFolder: string; json: boolean },
): Promise<void> {
  const address = `127.0.0.1:${served.port}`;
  await untilAnswering(context, server, address);
  const stop = new AbortController();
  const ends = { signal: AbortSignal.any([context.interrupted, stop.signal]), stop: () => stop.abort() };
  const work = runProcesses(context, { TEMPORAL_ADDRESS: address, ...PLAIN }, ends, (facts) =>
    sayReady(context, { ...facts, state: served.stateFolder, ...servedFacts(served) }, served),
  );
  const died = await Promise.race([server.ended, work.then(() => null)]);
  stop.abort();
  await work.catch((error: unknown) => {
    if (died === null) throw error;
  });
  if (died === null || context.interrupted.aborted) return;
  const words = await server.lastWords();
  throw new MaskloopError(
    'TemporalUnreachable',
    `Temporal's server ended (${died}); the worker was stopped.\n${words}`,
    {
      facts: { how: died },
    },
  );
}
