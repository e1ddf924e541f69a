/**
 * Stands before a CVAT or MONAI Label, forwards every request and appends each exchange to a transcript with secrets
 * masked, until Ctrl-C. What is being recorded is named by a line typed here, or by the request header `x-record-case`.
 *
 * usage: tsx scripts/record-server.ts --target http://HOST:PORT [--out transcript.jsonl] [--port N] [--case NAME]
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createRecorder } from './record/recorder.ts';

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    out: { type: 'string', default: 'transcript.jsonl' },
    port: { type: 'string', default: '0' },
    case: { type: 'string', default: 'unnamed' },
  },
});

async function record(target: string): Promise<void> {
  const recorder = createRecorder({ target: new URL(target), file: values.out, label: values.case });
  recorder.server.listen(Number(values.port), '127.0.0.1');
  await once(recorder.server, 'listening');
  const address = recorder.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : values.port;
  console.log(`http://127.0.0.1:${port} records ${target} into ${values.out}; type the name of a case, Ctrl-C to end`);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => recorder.name(line.trim()));
  process.once('SIGINT', () => {
    lines.close();
    recorder.server.closeAllConnections();
    recorder.server.close();
  });
  await once(recorder.server, 'close');
}

if (values.target === undefined || !URL.canParse(values.target)) {
  console.error('Name the server to record: --target http://HOST:PORT');
  process.exitCode = 2;
} else {
  await record(values.target);
}
