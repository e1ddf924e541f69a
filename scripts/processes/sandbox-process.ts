import { join } from 'node:path';
import { z } from 'zod';
import { startServer, type Server } from './maskloop-process.ts';

const sandboxFacts = z.object({
  cvatUrl: z.string(),
  monaiUrl: z.string(),
  cvatLogin: z.object({ username: z.string(), password: z.string() }),
  imagesDir: z.string(),
  masksDir: z.string(),
  categoriesFile: z.string(),
  model: z.string(),
});

/** The stand-ins of CVAT and MONAI Label in a process of their own. */
export interface SandboxProcess {
  readonly server: Server;
  readonly facts: z.infer<typeof sandboxFacts>;
  /** Environment for worker and commands that know the stand-ins and a store, and no other settings of ours. */
  readonly env: NodeJS.ProcessEnv;
}

/** The environment without settings that would lead to somebody's real servers. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(CVAT|MONAI|MASKLOOP|TEMPORAL)_/;
  const kept = Object.entries(env).filter(([name]) => !ours.test(name) || name === 'TEMPORAL_CLI_PATH');
  return Object.fromEntries(kept);
}

/** Starts `maskloop sandbox` with its frames, and a store, below `dir`. */
export async function startSandboxProcess(dir: string, words: readonly string[]): Promise<SandboxProcess> {
  const server = await startServer(['sandbox', '--dir', join(dir, 'frames'), ...words], withoutSettings(process.env));
  const facts = sandboxFacts.parse(server.facts);
  const env = {
    ...withoutSettings(process.env),
    CVAT_URL: facts.cvatUrl,
    CVAT_USERNAME: facts.cvatLogin.username,
    CVAT_PASSWORD: facts.cvatLogin.password,
    MONAI_LABEL_URL: facts.monaiUrl,
    MASKLOOP_STORE: join(dir, 'store'),
  };
  return { server, facts, env };
}

/** Flags of `start` for the generated frames and masks. */
export function startFlags({ masksDir, imagesDir, categoriesFile, model }: SandboxProcess['facts']): readonly string[] {
  return ['--masks', masksDir, '--images', imagesDir, '--categories', categoriesFile, '--model', model];
}
