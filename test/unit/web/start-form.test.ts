import { describe, expect, it } from '@jest/globals';
import { iterationInput } from '../../../src/api/schemas/iteration-input.ts';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import { DEFAULT_SHARD_SIZE } from '../../../src/contracts/iteration.ts';
import { DEFAULT_STALLED_AFTER_MS, DEFAULT_TIMING } from '../../../src/contracts/timing.ts';
import { OPTION_GROUPS, shownFields } from '../../../web/src/pages/start/options/option-fields.ts';
import {
  OPTION_DEFAULTS,
  OPTION_NAMES,
  optionInAddress,
  optionTexts,
  type OptionTexts,
} from '../../../web/src/pages/start/options/option-texts.ts';
import { readStart, SOURCES, type StartForm } from '../../../web/src/pages/start/start-form.ts';

const NOW = new Date('2026-03-01T08:00:00.000Z');
const DAY = 86_400_000;
const HASH = 'ab'.repeat(32);
const FILE = { uri: `store:sha256/ab/${HASH}`, sha256: HASH, bytes: 12 };
const FOLDER = { uri: FILE.uri, sha256: HASH, files: 1, manifest: FILE };
const FORM: StartForm = {
  connection: ' ',
  project: 'P',
  task: ' T ',
  source: 'masks',
  masks: FOLDER,
  images: null,
  model: 'segmentation',
  trains: true,
  createProject: false,
  people: 'anna, ben ,',
  segmentSize: null,
  options: OPTION_DEFAULTS,
  heldOut: { list: null, images: null, masks: null },
};
const withOptions = (options: Partial<OptionTexts>, form: Partial<StartForm> = {}): StartForm => ({
  ...FORM,
  ...form,
  options: { ...OPTION_DEFAULTS, ...options },
});
const read = (form: StartForm, categories: typeof FILE | null = FILE) => readStart(form, categories, NOW);
/** What the server is sent, as its schema has it. */
const sent = (form: StartForm): IterationInput => iterationInput.parse(read(form).input);

describe('what the start page sends', () => {
  it('asks for what is missing, and for a model only where one is needed', () => {
    expect(read(FORM).missing).toEqual([]);
    expect(read({ ...FORM, masks: null, model: '' }, null).missing).toHaveLength(3);
    expect(read({ ...FORM, trains: false, model: '' }).missing).toEqual([]);
    expect(read({ ...FORM, source: 'predict', trains: false, masks: null, model: '' }).missing).toHaveLength(1);
    expect(read({ ...FORM, source: 'scratch', masks: null }).missing).toEqual([]);
    expect(read({ ...FORM, project: '' }).input).toBeNull();
  });

  it('has where nothing else is chosen what the command line has without a flag', () => {
    expect(sent(FORM)).toEqual({
      connection: 'default',
      project: 'P',
      task: 'T',
      masks: FOLDER,
      images: null,
      share: null,
      categories: FILE,
      suffix: '',
      conversion: {
        rules: { unknown: 'error', values: [], ignore: [], colours: null, components: null },
        shardSize: DEFAULT_SHARD_SIZE,
      },
      createProject: false,
      syncLabels: false,
      people: ['anna', 'ben'],
      segmentSize: null,
      importScope: 'task',
      overwrite: false,
      completion: { rule: 'state', pollMs: 60_000 },
      seal: { quietMs: 60_000 },
      tellPeople: 'names',
      training: { model: 'segmentation', maxEpochs: null, heldOutFraction: 0.2 },
      timing: { ...DEFAULT_TIMING, importStuckAfterMs: 30 * 60_000, stalledAfterMs: DEFAULT_STALLED_AFTER_MS },
    });
  });

  it('has of each source only what it has a meaning for', () => {
    const given = { createProject: true, segmentSize: 5 };
    const options = { scope: 'overwrite', review: 'rita', map: '255=1', suffix: 'x' };
    const of = (source: StartForm['source']) => sent(withOptions(options, { ...given, source }));
    expect(of('predict')).toMatchObject({ masks: null, predict: { model: 'segmentation' }, overwrite: true });
    expect(of('predict').conversion.rules.values).toEqual([]);
    expect(of('scratch')).toMatchObject({
      masks: null,
      fromScratch: true,
      overwrite: false,
      suffix: '',
      segmentSize: 5,
    });
    expect(of('as-is')).toMatchObject({
      masks: null,
      compareWith: FOLDER,
      people: [],
      createProject: false,
      overwrite: false,
    });
    expect(of('as-is').review).toBeUndefined();
    expect(sent({ ...FORM, trains: false, source: 'as-is', masks: null }).compareWith).toBeUndefined();
  });

  it('has the deadline, and what happens then', () => {
    const after = sent(withOptions({ deadline: 'after', deadlineAfter: '2d' })).completion.deadline;
    expect(after).toEqual({ at: '2026-03-03T08:00:00.000Z', afterMs: 2 * DAY, policy: 'attention' });
    const at = sent(withOptions({ deadline: 'at', deadlineAt: '2026-04-01T18:00', atDeadline: 'carry' })).completion;
    expect(at.deadline).toEqual({ at: new Date('2026-04-01T18:00').toISOString(), afterMs: null, policy: 'carry' });
    const more = { deadline: 'after', atDeadline: 'reassign', extendBy: '1d', extendTimes: '2', reassignTo: 'cleo' };
    expect(sent(withOptions({ ...more, atLastDeadline: 'continue' })).completion.deadline).toMatchObject({
      policy: 'reassign',
      more: { byMs: DAY, times: 2, people: ['cleo'], last: 'continue' },
    });
  });

  it('has who reviews, when people are done, and how they are named', () => {
    expect(sent(withOptions({ review: 'rita, rolf', reviewPick: 'share', reviewShare: '25' })).review).toEqual({
      reviewers: ['rita', 'rolf'],
      pick: { kind: 'share', share: 0.25 },
    });
    const some = sent(withOptions({ completeWhen: 'fraction', completeShare: '95', tellPeople: 'pseudonyms' }));
    expect([some.completion.rule, some.completion.atLeast, some.tellPeople]).toEqual(['state', 0.95, 'pseudonyms']);
  });

  it('has how masks are read', () => {
    const options = { unknown: 'skip', map: '255=1, 7=0', ignore: '254', instances: 'components', connectivity: '4' };
    expect(sent(withOptions({ ...options, minArea: '9' })).conversion.rules).toEqual({
      unknown: 'skip',
      values: [
        [255, 1],
        [7, 0],
      ],
      ignore: [254],
      colours: null,
      components: { connectivity: 4, minArea: 9 },
    });
  });

  it('has what is held out, and when a model is published', () => {
    const training = (options: Partial<OptionTexts>, heldOut: Partial<StartForm['heldOut']> = {}) =>
      sent(withOptions(options, { heldOut: { ...FORM.heldOut, ...heldOut } })).training;
    expect(training({ heldOutShare: '0' })?.heldOutFraction).toBe(0);
    const list = { name: 'held-out.txt', ref: FILE };
    expect(training({ heldOut: 'names' }, { list })).toMatchObject({
      heldOut: { kind: 'names', list: FILE },
      heldOutFraction: 0,
    });
    expect(training({ heldOut: 'folder' }, { images: FOLDER, masks: FOLDER })?.heldOut).toMatchObject({
      kind: 'folder',
    });
    expect(training({ heldOut: 'task', heldOutTask: 'Gold' })?.heldOut).toEqual({ kind: 'task', task: 'Gold' });
    expect(training({ heldOut: 'ground-truth' })?.heldOut).toEqual({ kind: 'ground-truth', task: null });
    expect(training({ group: 'pattern', groupPattern: '^(.*)_\\d+' })?.group).toBe('^(.*)_\\d+');
    expect(training({ gate: 'ask', floors: 'grasper=0.6, a=b=0.5', floorAll: '.4' })?.gate).toEqual({
      policy: 'ask',
      floors: { all: 0.4, classes: { grasper: 0.6, 'a=b': 0.5 } },
    });
    expect(training({ window: '20:00-06:00 Europe/Berlin', maxEpochs: '50' })).toMatchObject({
      maxEpochs: 50,
      window: { from: '20:00', to: '06:00', timeZone: 'Europe/Berlin' },
    });
  });

  it('has who is told of what', () => {
    const options = { notify: 'email,slack', leads: 'lena', remind: 'lead=-1d', workingHours: '1-5 09:00-17:00 UTC' };
    expect(sent(withOptions({ ...options, digest: '08:30' })).notices).toEqual({
      channels: ['slack', 'email'],
      leads: ['lena'],
      ladder: [{ whom: 'lead', beforeMs: -DAY }],
      workingHours: { from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5], timeZone: 'UTC' },
      digestAt: '08:30',
      book: null,
    });
  });
});

describe('an option that is written wrongly', () => {
  const wrong: readonly (readonly [Partial<OptionTexts>, keyof OptionTexts])[] = [
    [{ deadline: 'after', deadlineAfter: 'soon' }, 'deadlineAfter'],
    [{ deadline: 'after', deadlineAfter: '0d' }, 'deadlineAfter'],
    [{ deadline: 'at', deadlineAt: '' }, 'deadlineAt'],
    [{ deadline: 'at', deadlineAt: '2020-01-01T10:00' }, 'deadlineAt'],
    [{ deadline: 'after', atDeadline: 'reassign' }, 'reassignTo'],
    [{ deadline: 'after', atDeadline: 'extend', extendTimes: '21' }, 'extendTimes'],
    [{ completeWhen: 'fraction', completeShare: '100' }, 'completeShare'],
    [{ review: 'rita', reviewPick: 'mostChanged', reviewJobs: '0' }, 'reviewJobs'],
    [{ map: '255' }, 'map'],
    [{ ignore: '70000' }, 'ignore'],
    [{ heldOut: 'names' }, 'heldOut'],
    [{ heldOut: 'folder' }, 'heldOut'],
    [{ heldOut: 'task' }, 'heldOut'],
    [{ heldOutShare: '91' }, 'heldOutShare'],
    [{ group: 'pattern', groupPattern: '(a)(b)' }, 'groupPattern'],
    [{ group: 'pattern', groupPattern: '(' }, 'groupPattern'],
    [{ floorAll: '1.5' }, 'floorAll'],
    [{ floors: 'grasper' }, 'floors'],
    [{ window: '20:00' }, 'window'],
    [{ notify: 'slack', remind: 'boss=1d' }, 'remind'],
    [{ poll: '100ms' }, 'poll'],
    [{ quiet: '' }, 'quiet'],
    [{ shardSize: '0' }, 'shardSize'],
  ];

  it.each(wrong)('keeps the page from planning, and is marked: %j', (options, name) => {
    const form = withOptions(options);
    const { input, missing, problems } = read(form);
    expect(Object.keys(problems)).toEqual([name]);
    expect(missing).toEqual(['Correct the option that is marked.']);
    expect(input).toBeNull();
    const shown = OPTION_GROUPS.flatMap((group) => shownFields(group, form).map((field) => field.name));
    expect(shown).toContain(name);
  });

  it('counts only where it has a meaning', () => {
    const idle = withOptions({ deadlineAfter: 'soon', reviewShare: 'x', extendBy: '', heldOutTask: '', remind: 'x' });
    expect(read(idle).problems).toEqual({});
    expect(read(withOptions({ floors: 'x' }, { trains: false })).problems).toEqual({});
    expect(read(withOptions({ map: 'x' }, { source: 'scratch' })).problems).toEqual({});
    expect(read(withOptions({ map: 'x' }, { source: 'predict' })).problems).toEqual({});
  });
});

describe('the options of the start page', () => {
  it('have a field each, and a good value to begin with', () => {
    const names = OPTION_GROUPS.flatMap(({ fields }) => fields.map(({ name }) => name));
    expect(names.toSorted()).toEqual([...OPTION_NAMES].toSorted());
    for (const source of SOURCES) expect(read({ ...FORM, source }).problems).toEqual({});
  });

  it('stand in the address where they are not as usual, and come back from it', () => {
    const address = new Map([
      ['deadline', 'after'],
      ['deadlineAfter', '3d'],
    ]);
    const texts = optionTexts((name) => address.get(name) ?? null);
    expect(texts).toEqual({ ...OPTION_DEFAULTS, deadline: 'after', deadlineAfter: '3d' });
    const kept = OPTION_NAMES.flatMap((name) => optionInAddress(name, texts[name]) ?? []);
    expect(kept).toEqual(['after', '3d']);
  });

  it('that an address has wrongly are marked, not believed', () => {
    expect(Object.keys(read(withOptions({ gate: 'never', tellPeople: 'x' })).problems)).toEqual(['tellPeople', 'gate']);
  });
});
