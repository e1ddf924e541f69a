import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BINARIES } from '../../../src/temporal-binaries/binary.ts';
import { SDK_VERSION, downloadOfficial } from '../../../src/temporal-binaries/official-download.ts';

let folder: string;
let server: Server;
let host: string;
let archive: Buffer;
let requests: string[];
let info: (host: string) => unknown;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const PROGRAM = Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(300_000, 'program ')]);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-download-'));
  await writeFile(path.join(folder, 'temporal'), PROGRAM);
  execFileSync('tar', ['-czf', path.join(folder, 'source.tar.gz'), '-C', folder, 'temporal']);
  archive = await readFile(path.join(folder, 'source.tar.gz'));
  await rm(path.join(folder, 'temporal'));
  requests = [];
  info = (address) => ({ archiveUrl: `${address}/files/cli.tar.gz`, fileToExtract: 'temporal' });
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/files/cli.tar.gz') response.end(archive);
    else if (request.url?.startsWith('/cli/default') === true) response.end(JSON.stringify(info(host)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  host = `http://127.0.0.1:${address.port}`;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

describe('downloadOfficial', () => {
  it("asks for the SDK's default version of this platform and unpacks the program that the answer names", async () => {
    const file = await downloadOfficial(BINARIES.temporal, folder, process.env, host);
    expect(sha256(await readFile(file))).toBe(sha256(PROGRAM));
    const asked = new URL(requests[0] ?? '', host);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      'sdk-name': 'sdk-typescript',
      'sdk-version': SDK_VERSION,
      arch: expect.stringMatching(/^(amd64|arm64)$/),
      platform: expect.stringMatching(/^(linux|darwin|windows)$/),
    });
  });

  it('fails on an archive that is cut short', async () => {
    archive = archive.subarray(0, archive.length - 100);
    await expect(downloadOfficial(BINARIES.temporal, folder, process.env, host)).rejects.toThrow(/^tar: .*exiting/);
  });

  it('fails on an answer of another form, an error status and a refused connection, with the reason', async () => {
    info = () => ({ url: 'elsewhere' });
    await expect(downloadOfficial(BINARIES.temporal, folder, process.env, host)).rejects.toThrow('archiveUrl');
    await expect(downloadOfficial(BINARIES['temporal-test-server'], folder, process.env, host)).rejects.toThrow(
      'answered 404',
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(downloadOfficial(BINARIES.temporal, folder, process.env, host)).rejects.toThrow('ECONNREFUSED');
  });

  it('names the release of the SDK that is installed', async () => {
    const manifest = new URL('../../../node_modules/@temporalio/testing/package.json', import.meta.url);
    expect(JSON.parse(await readFile(manifest, 'utf8'))).toMatchObject({ version: SDK_VERSION });
  });
});
