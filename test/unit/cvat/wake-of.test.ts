import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseEvent, wakeOf, WAKING_EVENTS, type Wake } from '../../../src/cvat/wake-of.ts';

const fixture = z
  .object({
    largestBytes: z.number(),
    deliveries: z.array(
      z.object({ version: z.string(), message: z.looseObject({ event: z.string() }), times: z.number() }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/cvat-deliveries.json', import.meta.url), 'utf8')));

const task = (id: number): Wake => ({ what: 'task', id });

function wakeOfMessage(message: object): Wake | null {
  const event = parseEvent(Buffer.from(JSON.stringify(message)));
  if (event === null) throw new Error('not parsed');
  return wakeOf(event);
}

/** What an independent look at the recorded message says, by the rule in words. */
function changedFields(message: Readonly<Record<string, unknown>>): string[] {
  return [message['before_update'], message['changes']].flatMap((fields) => Object.keys(fields ?? {}));
}

describe.each(['2.54.1', '2.73.0'])('of what CVAT %s sent in the recordings', (version) => {
  const recorded = fixture.deliveries.filter((one) => one.version === version);
  const total = recorded.reduce((sum, { times }) => sum + times, 0);

  it('exactly the changes of state or stage and the deleted tasks wake', () => {
    for (const { message } of recorded) {
      const changed = changedFields(message);
      const moves = message.event === 'update:job' && (changed.includes('state') || changed.includes('stage'));
      const expected = moves || message.event === 'delete:task';
      expect([JSON.stringify(message), wakeOfMessage(message) !== null]).toEqual([JSON.stringify(message), expected]);
    }
  });

  it('most is noise, and no kind of event that wakes is one that we do not ask for', () => {
    const waking = recorded.filter(({ message }) => wakeOfMessage(message) !== null);
    const wakes = waking.reduce((sum, { times }) => sum + times, 0);
    expect(total).toBeGreaterThan(180);
    expect(wakes).toBeGreaterThan(15);
    expect(wakes).toBeLessThan(total / 5);
    for (const { message } of waking) expect(WAKING_EVENTS).toContain(message.event);
  });
});

describe('a message of CVAT', () => {
  it.each<[string, object, Wake | null]>([
    [
      'a job that was completed',
      { event: 'update:job', job: { task_id: 7 }, before_update: { state: 'new' } },
      task(7),
    ],
    [
      'a job that was completed, as 2.73 tells it',
      { event: 'update:job', job: { task_id: 7 }, changes: { state: { from: 'new', to: 'completed' } } },
      task(7),
    ],
    ['a change of stage alone', { event: 'update:job', job: { task_id: 7 }, before_update: { stage: 'x' } }, task(7)],
    ['an edit', { event: 'update:job', job: { task_id: 7 }, before_update: { updated_date: 'x' } }, null],
    ['a job given to somebody', { event: 'update:job', job: { task_id: 7 }, before_update: { assignee: null } }, null],
    ['a change of nothing', { event: 'update:job', job: { task_id: 7 }, before_update: {} }, null],
    ['a new job', { event: 'create:job', job: { task_id: 7 } }, null],
    ['a renamed task', { event: 'update:task', task: { id: 7 }, before_update: { name: 'x' } }, null],
    [
      'a task whose status follows its jobs',
      { event: 'update:task', task: { id: 7 }, before_update: { status: 'x' } },
      null,
    ],
    [
      'a task moved to another project',
      { event: 'update:task', task: { id: 7 }, before_update: { project: 1 } },
      task(7),
    ],
    [
      'the same as 2.73 tells it',
      { event: 'update:task', task: { id: 7 }, changes: { project_id: { from: 1, to: 2 } } },
      task(7),
    ],
    [
      'a task moved to an organization',
      { event: 'update:task', task: { id: 7 }, before_update: { organization: null } },
      task(7),
    ],
    ['a deleted task', { event: 'delete:task', task: { id: 7 } }, task(7)],
    ['a deleted project', { event: 'delete:project', project: { id: 3, name: 'P' } }, { what: 'project', name: 'P' }],
    ['a ping', { event: 'ping', webhook: { id: 1 } }, null],
    ['an event that is not known yet', { event: 'update:galaxy', job: { task_id: 7 } }, null],
    ['a change without what it is about', { event: 'update:job', before_update: { state: 'new' } }, null],
  ])('about %s', (_what, message, expected) => {
    expect(wakeOfMessage(message)).toEqual(expected);
  });

  it.each([
    '',
    'null',
    '[]',
    '{',
    '{"event": 7}',
    '{"event":"update:job","job":{"task_id":"7"}}',
    '{"event":"delete:task","task":{"id":-1}}',
  ])('that is none is told apart: %s', (text) => {
    expect(parseEvent(Buffer.from(text))).toBeNull();
  });
});
