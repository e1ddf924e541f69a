import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CvatCredentials } from '../../../src/cvat/credentials.ts';
import type { Restart } from '../kit/fine-tune-server.ts';
import { createMonaiLabel } from '../../../src/monai/client.ts';
import type { CvatServer } from '../kit/cvat-desk.ts';
import type { MonaiServer } from '../kit/monai-desk.ts';

/** Real servers that the environment names. */
export interface NamedServers {
  readonly cvat: CvatServer | null;
  readonly monai: MonaiServer | null;
}

const close = async (): Promise<void> => undefined;

/**
 * Reads CVAT_URL with CVAT_TOKEN, or CVAT_USERNAME and CVAT_PASSWORD, and MONAI_LABEL_URL.
 *
 * @throws Error if a CVAT is named without a way to log in
 */
export function namedServers(env: NodeJS.ProcessEnv): NamedServers {
  const { CVAT_URL: cvatUrl, MONAI_LABEL_URL: monaiUrl } = env;
  return {
    cvat: cvatUrl ? { url: cvatUrl.replace(/\/+$/, ''), credentials: credentialsOf(env), close } : null,
    monai: monaiUrl ? { url: monaiUrl.replace(/\/+$/, ''), close } : null,
  };
}

function credentialsOf({
  CVAT_TOKEN: token,
  CVAT_USERNAME: username,
  CVAT_PASSWORD: password,
}: NodeJS.ProcessEnv): CvatCredentials {
  if (username && password) return { kind: 'password', username, password };
  if (token) return { kind: 'token', token };
  throw new Error('CVAT_URL is set: set CVAT_USERNAME and CVAT_PASSWORD as well, or CVAT_TOKEN');
}

/**
 * Reads MONAI_LABEL_RESTART: a shell command that ends the server as its last word says (TERM, KILL, or KILL-ALL: with all
 * processes that it has started), starts it again on the same address and folders, and returns when it answers. Null if not set.
 */
export function namedRestart({ MONAI_LABEL_RESTART: command }: NodeJS.ProcessEnv): Restart | null {
  if (!command) return null;
  return async (how) => {
    const child = spawn('sh', ['-c', `${command} ${how}`], { stdio: ['ignore', 'ignore', 'inherit'] });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${command} ${how} ended with ${code}`);
  };
}

/** True if the server's first trainer has never published a model. */
export async function isUntrained({ url }: MonaiServer): Promise<boolean> {
  const monai = createMonaiLabel({ url });
  const [model] = (await monai.info()).trainers;
  if (model === undefined) return false;
  return (await monai.publishedModel(model)) === null && (await monai.trainStats(model)) === null;
}
