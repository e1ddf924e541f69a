import type { z } from 'zod';
import * as api from '../../../api/endpoints/loops.ts';
import { loopId } from '../../../contracts/ids.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import type { LoopInput, LoopStatus } from '../../../contracts/loop.ts';
import type { ArtifactRef } from '../../../contracts/refs.ts';
import { policyRows } from '../../../loop-file/policy/policy-words.ts';
import { readLoopPolicy } from '../../../loop-file/policy/stored-policy.ts';
import { peopleOfInput } from '../../../operations/people/people-register.ts';
import { resolveLoop } from '../../../operations/loops/resolve-loop.ts';
import { hashInAddress } from '../../../storage/content-address.ts';
import { pointsMemory, readPoints } from '../../../stopping/read-points.ts';
import { requireConnection, sees, type Principal } from '../../access/principal.ts';
import { addressesOf, loopFileOf, type LoopFileText } from '../../loop-file-of-policy.ts';
import { namedInText, readLoopText, storeLoopText, type LoopTextSite } from '../../loop-text.ts';
import type { ApiParts } from '../api-parts.ts';
import { requireOffered, requireOfferedPolicy, type Naming } from '../require-offered.ts';
import type { Serve } from '../serve.ts';
import { withoutOthers } from '../without-others.ts';

type Given = z.output<typeof api.startLoop.body>;

const idOf = ({ connection, project, loop }: { connection: string; project: string; loop: string }): string =>
  loopId({ connection, project, name: loop });

/** Loops: what they are, and what people do with them. */
export function serveLoops(serve: Serve, parts: ApiParts, naming: Naming): void {
  const { operations, store } = parts;
  const { loops } = operations;
  const memory = pointsMemory();
  const presentStatus = async (id: string): Promise<LoopStatus | null> => (await loops.describe(id)).status;
  const site: LoopTextSite = {
    store,
    operations,
    naming,
    addressesOf: async (loop) => {
      const status = await presentStatus(loopId(loop));
      return status === null ? [] : addressesOf(store, status);
    },
  };
  const seenBy = async (who: Principal) => (await loops.list()).filter(({ connection }) => sees(who, connection));
  const inputOf = async (given: Given, who: Principal, signal: AbortSignal): Promise<LoopInput> => {
    const mayUse = (connection: string): void => requireConnection(who, connection);
    if ('text' in given) return storeLoopText(site, given.text, { signal, mayUse, who });
    await requireOwnLoop(store, given.loop, { who, naming });
    return given.loop;
  };

  serve(api.listLoops, async ({ who }) => ({ loops: await seenBy(who) }));
  serve(api.resolveLoop, async ({ query, who }) => resolveLoop(query.given, await seenBy(who)));
  serve(api.describeLoop, async ({ params, who, tellsOf }) => {
    const view = await loops.describe(idOf(params));
    if (view.status !== null) {
      tellsOf(await peopleOf(store, view.status.policy));
      if (who.connections !== null) naming.sight.tell(who, await namedByLoop(store, view.status));
    }
    return { ...view, iteration: view.iteration === null ? null : withoutOthers(view.iteration, who) };
  });
  serve(api.loopCurve, async ({ params: { connection, project, loop } }) => ({
    points: await readPoints(store, { connection, project, name: loop }, memory),
  }));
  serve(api.readLoopFile, async ({ params, who }) => {
    const file = await presentFile(parts, idOf(params));
    if (who.connections !== null) naming.sight.tell(who, namedInText(file.text));
    return file;
  });
  serve(api.checkLoop, async ({ body, who, signal }) => {
    const mayUse = (connection: string): void => requireConnection(who, connection);
    const policy = await readLoopText(site, body.text, { isDry: true, signal, mayUse, who });
    const { name, connection, project } = policy;
    return { name, connection, project, means: policyRows(policy) };
  });
  serve(api.planLoop, async ({ body, who, signal, tellsOf }) => {
    const input = await inputOf(body, who, signal);
    tellsOf(await peopleOf(store, input.policy));
    return loops.plan(input);
  });
  serve(api.startLoop, async ({ body, who, by, signal }) => {
    return loops.start({ loop: await inputOf(body, who, signal), by });
  });
  serve(api.editLoop, async ({ body, who, by, signal }) => {
    const loop = await inputOf(body, who, signal);
    return loops.edit(loop, { by, policy: loop.policy });
  });
  serveSteering(serve, loops);
}

/** @throws MaskloopError `AccessDenied`, `FolderNotOffered`, `FileUnknown`, and what reading the policy throws */
async function requireOwnLoop(
  store: ApiParts['store'],
  { connection, policy: ref }: LoopInput,
  { who, naming }: { readonly who: Principal; readonly naming: Naming },
): Promise<void> {
  requireConnection(who, connection);
  await requireOffered(ref, who, naming);
  const policy = await readLoopPolicy(store, ref);
  // What counts is the policy; it must not be of somebody else's.
  requireConnection(who, policy.connection);
  await requireOfferedPolicy({ policy, sha256: ref.sha256 }, who, naming);
}

/** @throws MaskloopError `LoopNotFound`, `WorkerSilent`, and what reading the policy throws */
async function presentFile(
  { operations, store }: Pick<ApiParts, 'operations' | 'store'>,
  id: string,
): Promise<LoopFileText> {
  const { state, status } = await operations.loops.describe(id);
  if (status !== null) return loopFileOf(store, status);
  const facts = { id };
  if (state === 'lost') throw new MaskloopError('LoopNotFound', `Temporal knows of no loop ${id}.`, { facts });
  throw new MaskloopError('WorkerSilent', `No worker tells what the loop ${id} does.`, { facts });
}

/** Hashes of the files in the store that a loop reads; none where its policy cannot be read. */
async function namedByLoop(store: ApiParts['store'], status: LoopStatus): Promise<readonly string[]> {
  const addresses = await addressesOf(store, status).catch(() => []);
  return addresses.flatMap((uri) => hashInAddress(uri) ?? []);
}

/** Those whom a policy names; nobody where it cannot be read. */
async function peopleOf(store: ApiParts['store'], ref: ArtifactRef): Promise<ReturnType<typeof peopleOfInput>> {
  const policy = await readLoopPolicy(store, ref).catch(() => null);
  return peopleOfInput(policy === null ? null : { ...policy.iteration, notices: policy.notices });
}

/** What people do with a loop that runs. */
function serveSteering(serve: Serve, loops: ApiParts['operations']['loops']): void {
  for (const what of ['pause', 'resume'] as const) {
    serve(api.loopSignal(what), async ({ params, by }) => loops[what](idOf(params), { by }));
  }
  serve(api.stopLoop, async ({ params, body, by }) => loops.stop(idOf(params), { by, note: body.note }));
  serve(api.answerLoop, async ({ params, body, by }) => loops.answer(idOf(params), { by, answer: body.answer }));
  serve(api.beginLoop, async ({ params, body, by }) => loops.begin(idOf(params), { by, overlap: body.overlap }));
}
