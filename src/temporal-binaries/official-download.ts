import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { z } from 'zod';
import type { Binary } from './binary.ts';
import { runProgram } from './run-program.ts';

/** Where Temporal's SDKs fetch their servers. */
export const DOWNLOAD_HOST = 'https://temporal.download';

/** Release of the SDK whose default servers are asked for. A test keeps it equal to what is installed. */
export const SDK_VERSION = '1.24.0';

/** Offline machines should lose little time before the next way is tried. */
const CONNECT_TIMEOUT_MS = 5_000;
const SILENCE_TIMEOUT_MS = 30_000;

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };
const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows', darwin: 'darwin' };

const downloadInfo = z.object({ archiveUrl: z.url(), fileToExtract: z.string().min(1) });

/**
 * Fetches a binary from Temporal's own download address, as the SDK's testing package does, and unpacks it
 * into `folder`. HTTPS vouches for the source, the archive's check sums for the content.
 *
 * @returns path of the unpacked program
 * @throws Error if the host cannot be reached, answers with an error, or the archive cannot be unpacked
 */
export async function downloadOfficial(
  binary: Binary,
  folder: string,
  env: NodeJS.ProcessEnv,
  host: string = DOWNLOAD_HOST,
): Promise<string> {
  const timeouts = { headersTimeout: SILENCE_TIMEOUT_MS, bodyTimeout: SILENCE_TIMEOUT_MS };
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: CONNECT_TIMEOUT_MS }, ...timeouts });
  try {
    const answer = await fetch(infoAddress(binary, host), { dispatcher });
    if (!answer.ok) throw new Error(`${host} answered ${answer.status}`);
    const info = downloadInfo.parse(await answer.json());

    const archive = path.join(folder, path.basename(new URL(info.archiveUrl).pathname));
    const content = await fetch(info.archiveUrl, { dispatcher });
    if (!content.ok || content.body === null) throw new Error(`${info.archiveUrl} answered ${content.status}`);
    await pipeline(content.body, createWriteStream(archive));
    await runProgram('tar', ['-xf', archive, '-C', folder, info.fileToExtract], env);
    return path.join(folder, info.fileToExtract);
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  } finally {
    await dispatcher.destroy();
  }
}

function infoAddress(binary: Binary, host: string): URL {
  const arch = ARCHITECTURES[process.arch];
  if (arch === undefined) throw new Error(`there is no download for ${process.arch} processors`);
  const address = new URL(`${host}/${binary.artifact}/default`);
  address.searchParams.set('arch', arch);
  address.searchParams.set('platform', PLATFORMS[process.platform] ?? 'linux');
  if (binary.format !== null) address.searchParams.set('format', binary.format);
  address.searchParams.set('sdk-name', 'sdk-typescript');
  address.searchParams.set('sdk-version', SDK_VERSION);
  return address;
}

/** `fetch` hides the reason of a failed connection in the cause. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  return error.message === 'fetch failed' && 'cause' in error ? reasonOf(error.cause) : String(error.message);
}
