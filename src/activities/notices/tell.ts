import { z } from 'zod';
import { loopId, loopText } from '../../contracts/ids.ts';
import type { ForIteration } from '../../contracts/iteration.ts';
import type { LoopTold, NoticeActivities, Told } from '../../contracts/notice-activities.ts';
import type { NoticeOptions } from '../../contracts/notice.ts';
import { subscribe } from '../../notify/digest/subscription.ts';
import {
  attentionNotice,
  iterationAttention,
  stoppedNotice,
  trainingNotice,
  type About,
} from '../../notify/iteration-notices.ts';
import type { Notice } from '../../notify/notice.ts';
import { noticeOptionsSchema } from '../../notify/notice-options.ts';
import type { PostOffice } from '../../notify/post-office.ts';
import { aboutTask } from '../../notify/people/people-notices.ts';
import { beginEpisode } from '../../notify/servers/episodes.ts';
import { serverOfFailure } from '../../notify/servers/server-of-failure.ts';
import { awayNotice } from '../../notify/servers/server-notices.ts';
import { noteHearers, tellBack } from '../../notify/servers/tell-back.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable } from '../durable.ts';
import { parsedDocument } from '../stored-document.ts';

/** What of a loop's policy says whom to tell. */
const policySchema = z.object({ notices: noticeOptionsSchema.nullable() });

type ServerTold = Extract<Told, { kind: 'server-away' | 'server-back' }>;

/** Tells of a server that goes or comes; nothing where somebody still meets an outage that is over. */
async function tellOfServer(
  where: { readonly store: ArtifactStore; readonly office: PostOffice },
  { connection, options }: { readonly connection: string; readonly options: NoticeOptions },
  told: ServerTold,
  signal: AbortSignal,
): Promise<void> {
  const name = serverOfFailure(told.kind === 'server-away' ? told.trouble.code : told.code);
  if (name === null) return;
  const server = { connection, name };
  if (told.kind === 'server-back') return tellBack(where, server, { at: told.at, signal });
  const episode = await beginEpisode(where.store, server, { since: told.trouble.since, at: told.at });
  if (episode === null) return;
  await noteHearers(where.store, server, episode, options);
  await where.office.tell(awayNotice(server, episode, told.trouble, options.leads), options, signal);
}

function loopNotice(about: About, what: LoopTold): Notice {
  if (what.kind === 'loop-stopped') return stoppedNotice(about, what, `maskloop loop status ${loopText(about.id)}`);
  return attentionNotice(about, { trouble: what.trouble, place: 'its decision', commands: what.commands });
}

/** Tells people of what an iteration or a loop met. Does nothing where nobody is to be told. */
export function createNoticeActivities({
  store,
  office,
}: Pick<ActivityDependencies, 'store' | 'office'>): NoticeActivities {
  return {
    tell: durable(async (args: ForIteration & { readonly what: Told; readonly url: string | null }, { signal }) => {
      const { notices: options } = args.input;
      if (options === undefined || office === undefined) return;
      await subscribe(store, args.id, options);
      const { id, input, what, url } = args;
      if (what.kind === 'server-away' || what.kind === 'server-back') {
        return tellOfServer({ store, office }, { connection: input.connection, options }, what, signal);
      }
      const about: About = { id, about: aboutTask(input), url, leads: options.leads };
      const notice =
        what.kind === 'attention'
          ? iterationAttention(about, what)
          : trainingNotice(about, what, input.training?.model ?? 'the model');
      await office.tell(notice, options, signal);
    }),

    tellOfLoop: durable(async ({ loop, policy, what }, { signal }) => {
      if (office === undefined) return;
      const place = { name: policy.uri, what: 'a policy of a loop' };
      const { notices: options } = parsedDocument(await store.get(policy), policySchema, place);
      if (options === null) return;
      const { project, name } = loop;
      const about = { id: loopId(loop), about: `The loop ${name} of ${project}`, url: null, leads: options.leads };
      await office.tell(loopNotice(about, what), options, signal);
    }),
  };
}
