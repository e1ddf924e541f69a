import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { parse, stringify } from 'yaml';
import { isMaskloopError } from '../../../src/contracts/error.ts';
import { parseLoopFile } from '../../../src/loop-file/parse-loop-file.ts';
import { EXAMPLE, LEAST, problemsOf, toldOf } from './example.ts';

const SECRET = 'hunter2-very-secret';

describe('the file of a loop', () => {
  it('needs no more than six words, and has defaults for the rest', () => {
    const { content } = parseLoopFile(LEAST, 'maskloop.yaml');
    expect(content).toMatchObject({
      connection: 'default',
      taskName: 'Iteration_{n}',
      existingTasks: 'adopt',
      pace: 'continuous',
      pool: { images: 'frames', grows: true },
      batch: {
        strategy: [
          { strategy: 'uncertainty', share: 0.7 },
          { strategy: 'random', share: 0.3 },
        ],
      },
      masks: { first: 'none', unknown: 'error', instances: 'class', shardSize: 500 },
      cvat: { completeWhen: { rule: 'state' }, poll: 60_000, quiet: 60_000, people: 'names', assign: [] },
      patience: { workerLostAfter: 30_000, unreachableAfter: 900_000, stalledAfter: 1_800_000 },
    });
    expect(content.notify).toBeUndefined();
    expect(content.stop).toEqual({});
  });

  it('says everything at once, each with line, column and path, in the order of the lines', () => {
    const text = `name: loop
name: again
project: P
pool:
  images: frames
  grow: yes
batch:
  size: many
  strategy: 70% uncertainty, 20% random
segment-size: 3
training:
  model: m
  gate: if-beter
  heldOut: 0.2
  heldOutTask: T
cvat:
  deadline: soon
  reviewShare: 2
`;
    expect(toldOf(text)).toEqual([
      expect.stringMatching(/^1:1 categories is missing$/),
      expect.stringMatching(/^2:1 {2}a key stands here a second time$/),
      expect.stringMatching(/^6:3 pool\.grow is not known here; did you mean grows\?$/),
      expect.stringMatching(/^8:9 batch\.size must be a whole number from 1$/),
      expect.stringMatching(/^9:13 batch\.strategy cannot be read: The shares add up to 90%, not 100%\.$/),
      expect.stringMatching(/^10:1 segment-size is not known here; did you mean cvat\.segmentSize\?$/),
      expect.stringMatching(/^13:9 training\.gate must be one of .*; did you mean if-better\?$/),
      expect.stringMatching(/^14:12 training\.heldOut and heldOutImages, .* exclude each other/),
      expect.stringMatching(/^17:13 cvat\.deadline must be a number and a unit/),
      expect.stringMatching(/^18:16 cvat\.reviewShare must be a number above 0 and up to 1$/),
      expect.stringMatching(/^18:16 cvat\.reviewShare has no meaning without review$/),
    ]);
  });

  it.each([
    ['cvat: { token: SECRET }', 'CVAT_TOKEN'],
    ['cvat: { password: SECRET }', 'CVAT_PASSWORD'],
    ['cvatToken: SECRET', 'CVAT_TOKEN'],
    ['notify: { channels: [slack], slackWebhookUrl: SECRET }', 'MASKLOOP_SLACK_WEBHOOK'],
    ['notify: { channels: [email], smtpUrl: SECRET }', 'MASKLOOP_SMTP_URL'],
    ['webhook_secret: SECRET', 'MASKLOOP_NOTICE_URL'],
    ['apiKey: SECRET', 'environment'],
    ['masks: { first: "https://hooks.slack.com/services/SECRET" }', 'MASKLOOP_SLACK_WEBHOOK'],
    ['masks: { suffix: "https://bob:SECRET@cvat.example" }', 'environment'],
    ['notify: { channels: [email], people: { anna: { email: "smtp://anna:SECRET@mail.example" } } }', 'e-mail'],
  ])('takes no secret, says where it belongs and never repeats it: %s', (line, place) => {
    const text = LEAST + line.replace('SECRET', SECRET);
    const [told = ''] = toldOf(text);
    expect(told).toContain(place);
    expect(JSON.stringify(problemsOf(text))).not.toContain(SECRET);
    expect(() => parseLoopFile(text, 'f')).not.toThrow(SECRET);
  });

  it.each([
    ['taskName: Iteration', 'taskName must hold {n} once'],
    ['taskName: "{n}_{n}"', 'taskName must hold {n} once'],
    ['group: "^case\\\\d+"', 'group must be folder, or a regular expression with one capturing group'],
    ['masks: { connectivity: 4 }', 'masks.connectivity has no meaning without instances: components'],
    ['masks: { labelMap: a, map: { 1: 2 } }', 'masks.map names values, and has no meaning with labelMap'],
    ['masks: { map: { x: 1 } }', 'masks.map.x must be a value of a pixel'],
    ['masks: { map: { 70000: 70000 } }', 'masks.map.70000 must be a whole number from 0 to 65535'],
    ['cvat: { atDeadline: carry }', 'cvat.atDeadline has no meaning without deadline'],
    ['cvat: { deadline: 1d, atDeadline: extend }', 'cvat.atDeadline needs extendBy'],
    ['cvat: { deadline: 1d, atDeadline: reassign, extendBy: 1d }', 'cvat.atDeadline needs reassignTo'],
    ['cvat: { deadline: 1d, extendBy: 1d }', 'cvat.extendBy has no meaning without atDeadline'],
    ['cvat: { assign: [anna, anna] }', 'cvat.assign names a user name twice'],
    ['cvat: { poll: 10ms }', 'cvat.poll cannot be read: At least 1s.'],
    ['stop: { budget: { action: ask } }', 'stop.budget must name frames, iterations or time'],
    [
      'stop: { plateau: {} }',
      'stop.plateau needs frames on which all iterations are measured, and a share holds out others each time: set training.heldOutFrames, heldOutTask or heldOutImages',
    ],
    [
      'stop: { target: { dice: 0.9 } }',
      'stop.target needs frames on which all iterations are measured, and a share holds out others each time: set training.heldOutFrames, heldOutTask or heldOutImages',
    ],
    ['stop: { plateu: {} }', 'stop.plateu is not known here; did you mean plateau?'],
    ['notify: { channels: [] }', 'notify.channels must name a channel'],
    ['notify: { channels: [email], digest: "08:00" }', 'notify.digest needs workingHours'],
    ['notify: { channels: [email], remind: [{ whom: lead }] }', 'notify.remind.0 must say before or after'],
    ['notify: { channels: [email], templates: { atention: { text: a } } }', 'notify.templates.atention'],
    [
      'notify: { channels: [email], templates: { digest: { text: "{taks}" } } }',
      'has the placeholder {taks}; digest knows',
    ],
    ['notify: { channels: [email], people: { anna: {} } }', 'notify.people.anna must have email or slack'],
    ['cvat: 5', 'cvat must hold keys'],
  ])('refuses %s', (line, words) => {
    expect(toldOf(LEAST + line).join('\n')).toContain(words);
    expect(toldOf(LEAST + line)[0]).toMatch(/^7:/);
  });

  it('refuses rules over several iterations where each is measured on ground truth of its own task, and says what helps', () => {
    const rules = 'stop: { plateau: {}, target: { dice: 0.9 } }\n';
    const file = (training: string) => LEAST.replace(/^training:.*$/m, `training: { model: m, ${training} }`) + rules;
    const own = toldOf(file('heldOut: ground-truth'));
    const words =
      'each task has a ground truth job of its own: name the task with the job for all of them by training.heldOutTask';
    expect(own).toEqual([
      expect.stringMatching(/^7:\d+ stop\.plateau needs frames/),
      expect.stringMatching(/^7:\d+ stop\.target needs frames/),
    ]);
    expect(own[0]).toContain(words);
    expect(toldOf(file('heldOut: ground-truth, heldOutTask: checked'))).toEqual([]);
    expect(toldOf(file('heldOut: names.txt'))).toEqual([]);
  });

  it.each([
    ['', '1:1  holds nothing; maskloop init writes one'],
    ['# only a comment\n', '1:1  holds nothing'],
    ['- a', '1:1  must hold keys'],
    ['name: [', 'this is no YAML'],
    ['a: b: c', 'this is no YAML: '],
    ['a: 1\n---\nb: 2\n', 'this is no YAML: multiple docs'],
    [
      `a: &a [${'x,'.repeat(20)}]\n${'bcdefg'
        .split('')
        .map((k, i) => `${k}: &${k} [${`*${'abcdefg'[i]},`.repeat(20)}]`)
        .join('\n')}\n`,
      'repeats too much',
    ],
  ])('says of what is no file of a loop where it ends to be one: %j', (text, words) => {
    expect(toldOf(text).join('\n')).toContain(words);
  });

  it('counts a key with nothing behind it as not there', () => {
    expect(problemsOf(`${LEAST}cvat:\n  deadline:\nnotify:\nmasks:\n`)).toEqual([]);
    expect(toldOf(LEAST.replace('name: loop', 'name:'))).toEqual(['1:1 name is missing']);
  });

  it('takes JSON as well', () => {
    expect(problemsOf(JSON.stringify(parse(LEAST)))).toEqual([]);
  });

  it('names every key of the example that is written wrong, all in one go', () => {
    const lines = EXAMPLE.split('\n');
    const keys = lines.flatMap((line, at) => (/^ *[a-zA-Z]+: [^#]/.test(line) && !/^ {4}/.test(line) ? [at] : []));
    expect(keys.length).toBeGreaterThan(55);
    const wrong = lines.map((line, at) => (keys.includes(at) ? line.replace(/([a-zA-Z]+):/, '$1xq:') : line));
    const told = problemsOf(wrong.join('\n')).flatMap(({ line, path }) => (path.endsWith('xq') ? [line - 1] : []));
    expect(told).toEqual(keys);
  });

  it('never ends with anything but a named problem, whatever stands in the file', () => {
    const whole = parse(EXAMPLE) as Record<string, unknown>;
    const junk = fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom(null, '__proto__', -1, 1e99, [], {}));
    const keys = fc.constantFrom(...Object.keys(whole), '__proto__', 'constructor');
    const survives = (text: string): void => {
      try {
        parseLoopFile(text, 'f');
      } catch (error) {
        expect(isMaskloopError(error, 'InvalidLoopFile')).toBe(true);
      }
    };
    fc.assert(
      fc.property(keys, junk, (key, value) => survives(stringify({ ...whole, [key]: value }))),
      { numRuns: 12 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), survives), { numRuns: 12 });
    const cut = fc.tuple(fc.nat(EXAMPLE.length), fc.nat(40), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(cut, ([at, length, put]) => survives(EXAMPLE.slice(0, at) + put + EXAMPLE.slice(at + length))),
      {
        numRuns: 12,
      },
    );
  });
});
