import { messageKey, type Message } from '../../../src/notify/message.ts';

/** A message, with what a test wants different. */
export function someMessage(changes: Partial<Message> = {}): Message {
  const { kind = 'attention', channel = 'slack', whom = ['lena'] } = changes;
  return {
    schema: 'maskloop.notice/1',
    key: messageKey({ kind, channel, whom, episode: 'SurgVU/Iteration_1' }),
    kind,
    channel,
    whom,
    to: { emails: ['lena@lab.example'], slack: [] },
    subject: 'SurgVU / Iteration_1 needs a decision',
    text: 'SurgVU / Iteration_1 needs a decision at wait.\nhttp://cvat.example/tasks/7',
    values: { about: 'SurgVU / Iteration_1' },
    createdAt: '2026-03-02T09:00:00.000Z',
    notBefore: '2026-03-02T09:00:00.000Z',
    ...changes,
  };
}
