import type { SandboxProcess } from '../../../scripts/processes/sandbox-process.ts';

/** Asks the stand-in of CVAT as its only user, as somebody else than maskloop. @throws Error for any refusal */
export async function callCvat(
  { cvatUrl, cvatLogin }: Pick<SandboxProcess['facts'], 'cvatUrl' | 'cvatLogin'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const login = Buffer.from(`${cvatLogin.username}:${cvatLogin.password}`).toString('base64');
  const answer = await fetch(cvatUrl + path, {
    method,
    headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
