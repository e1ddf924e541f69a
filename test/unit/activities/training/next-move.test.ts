import { describe, expect, it } from '@jest/globals';
import { nextMove, type Move, type Sight } from '../../../../src/activities/training/next-move.ts';
import { noteSight } from '../../../../src/activities/training/note-sight.ts';
import { mayStartAgain } from '../../../../src/activities/training/own-publication.ts';
import type { RunRecord } from '../../../../src/activities/training/run-record.ts';
import type { PublishedModel, TrainStats, TrainingTask } from '../../../../src/contracts/trainer-reports.ts';
import { aRecord, aTask, stats, SUBMITTED_AT } from './sights.ts';

const OWN_START = SUBMITTED_AT + 20;
const THEIR_START = SUBMITTED_AT + 200;
const LIMITS = { stalledAfterMs: 1000, deadAfterMs: 1000, publishedAfterMs: 100 };

const LIVES = ['alive', 'dead', 'through'] as const;
const PLACES = ['listed', 'forgotten'] as const;
const OTHERS = ['none', 'running', 'done'] as const;
const SHOWN = ['ours', 'theirs', 'none'] as const;
const PUBLISHED = ['before', 'ours', 'theirs'] as const;

interface Case {
  /** Whether a start of ours was seen before. */
  readonly seen: boolean;
  readonly life: (typeof LIVES)[number];
  readonly place: (typeof PLACES)[number];
  readonly others: (typeof OTHERS)[number];
  readonly shown: (typeof SHOWN)[number];
  readonly published: (typeof PUBLISHED)[number];
}

/** What becomes of a dead training is decided by what is published as it is started again. */
type Verdict = Exclude<Move, 'start again'> | 'started again' | 'busy' | 'changed';

function tasksOf({ life, place, others }: Case): readonly TrainingTask[] {
  const own = aTask('ours', life === 'alive' ? 'RUNNING' : life === 'dead' ? 'LOST' : 'DONE');
  const theirs = others === 'none' ? [] : [aTask('theirs', others === 'running' ? 'RUNNING' : 'DONE')];
  return [...(place === 'listed' ? [own] : []), ...theirs];
}

function shownOf({ shown, life }: Case): TrainStats | null {
  if (shown === 'none') return null;
  return stats(shown === 'ours' ? OWN_START : THEIR_START, { ended: life === 'through' });
}

/** What is published by others beside ours is so while ours runs; by hand it is later. */
function publishedOf({ published, others }: Case): PublishedModel {
  const modifiedAtSeconds =
    published === 'before' ? SUBMITTED_AT - 3600 : OWN_START + (published === 'ours' || others !== 'none' ? 50 : 600);
  return { checksum: published, stats: null, modifiedAtSeconds };
}

function verdictOf(given: Case): Verdict {
  const [tasks, shown, published] = [tasksOf(given), shownOf(given), publishedOf(given)];
  const known: Partial<RunRecord> = given.seen ? { ownStart: OWN_START, ownEpochs: 5 } : {};
  const around = {
    record: aRecord({ ...known, previousChecksum: 'before' }),
    tasks,
    maxEpochs: 5,
    beginsWithinMs: 60_000,
  };
  const record = noteSight(shown, around);
  const silentMs = given.life === 'alive' ? 0 : 5000;
  const sight: Sight = { ...around, record, shown, published, silentMs, limits: LIMITS };
  const move = nextMove(sight);
  if (move !== 'start again') return move;
  if (tasks.some(({ status }) => status === 'RUNNING')) return 'busy';
  return mayStartAgain({ published, stats: shown, tasks, record, maxEpochs: 5 }, 'before')
    ? 'started again'
    : 'changed';
}

/** Verdicts by what the statistics show (ours, theirs, nothing) and by what is published (before, ours, theirs). */
function row(given: Pick<Case, 'seen' | 'life' | 'place' | 'others'>): readonly string[] {
  const cells = SHOWN.map((shown) => PUBLISHED.map((published) => verdictOf({ ...given, shown, published })));
  return cells.map((verdicts) => (new Set(verdicts).size === 1 ? String(verdicts[0]) : verdicts.join(' / ')));
}

const BOTH = [true, false] as const;
const ONLY_BEFORE = 'started again / changed / changed';
const NOT_THEIRS = 'started again / started again / changed';

describe('what follows from a look at a training', () => {
  it.each(OTHERS)('that moves is to watch on, where of others there is %s', (others) => {
    for (const seen of BOTH) {
      for (const place of PLACES)
        expect(row({ seen, life: 'alive', place, others })).toEqual(['watch', 'watch', 'watch']);
    }
  });

  it.each<[Case['others'], string, string, string]>([
    ['none', NOT_THEIRS, ONLY_BEFORE, ONLY_BEFORE],
    ['running', 'busy', 'busy', 'busy'],
    ['done', ONLY_BEFORE, ONLY_BEFORE, ONLY_BEFORE],
  ])(
    'that is dead is to start it again, where of others there is %s, but never over a model of theirs',
    (others, ...cells) => {
      for (const seen of BOTH) {
        for (const place of PLACES) expect(row({ seen, life: 'dead', place, others })).toEqual(cells);
      }
    },
  );

  // Nobody can tell a run of others, of the same length and in time, from ours where the list was forgotten twice in between.
  it.each<[boolean, Case['place'], Case['others'], string, string, string]>([
    [true, 'listed', 'none', 'model', 'replaced', 'model'],
    [true, 'listed', 'running', 'model', 'replaced', 'replaced'],
    [true, 'listed', 'done', 'model', 'replaced', 'replaced'],
    [true, 'forgotten', 'none', 'model / model / replaced', ONLY_BEFORE, ONLY_BEFORE],
    [true, 'forgotten', 'running', 'replaced', 'busy', 'busy'],
    [true, 'forgotten', 'done', 'replaced', ONLY_BEFORE, ONLY_BEFORE],
    [false, 'listed', 'none', 'model', 'model', 'model'],
    [false, 'listed', 'running', 'replaced', 'replaced', 'replaced'],
    [false, 'listed', 'done', 'replaced', 'replaced', 'replaced'],
    [false, 'forgotten', 'none', 'model / model / replaced', 'model / model / replaced', ONLY_BEFORE],
    [false, 'forgotten', 'running', 'busy', 'busy', 'busy'],
    [false, 'forgotten', 'done', ONLY_BEFORE, ONLY_BEFORE, ONLY_BEFORE],
  ])(
    'that is through (its start seen: %s) and %s, with %s of others, is what the model may be',
    (seen, place, others, ...cells) => {
      expect(row({ seen, life: 'through', place, others })).toEqual(cells);
    },
  );
});

/** The move after a look at these trainings, with statistics of ours that are through. */
function moveOf(tasks: readonly TrainingTask[], changes: Partial<RunRecord> = {}, rest: Partial<Sight> = {}): Move {
  const record = aRecord({ ownStart: OWN_START, ownEpochs: 5, ...changes });
  const shown = stats(OWN_START, { ended: true });
  const published = { checksum: 'ours', stats: shown, modifiedAtSeconds: OWN_START + 50 };
  const around = { record, tasks, maxEpochs: 5, beginsWithinMs: 60_000, shown, published };
  return nextMove({ ...around, silentMs: 5000, limits: LIMITS, ...rest });
}

describe('a training that is listed', () => {
  it('is settled when it runs after it may have waited, waits without an alarm behind others, and ends as it says', () => {
    expect(moveOf([aTask('ours', 'RUNNING')], { request: 'accepted' })).toBe('settle');
    expect(moveOf([aTask('theirs', 'RUNNING'), aTask('ours', 'SUBMITTED')])).toBe('wait');
    expect(moveOf([aTask('ours', 'SUBMITTED')])).toBe('stalled');
    expect(moveOf([aTask('ours', 'RUNNING')])).toBe('stalled');
    expect(moveOf([aTask('ours', 'ERROR')])).toBe('ended badly');
    expect(moveOf([aTask('ours', 'STOPPED')])).toBe('ended badly');
  });

  it('has published its model although another one has failed, or was lost, or waits, that shows no statistics', () => {
    for (const status of ['ERROR', 'LOST', 'SUBMITTED'] as const) {
      const tasks = [aTask('ours', 'DONE'), aTask('theirs', status)];
      expect(moveOf(tasks)).toBe('model');
      expect(moveOf(tasks, { ownStart: null }, { shown: null })).toBe('model');
    }
  });

  it('may have been published over by one that failed later, by a forgotten one, never by one that was lost', () => {
    const theirs = { shown: stats(THEIR_START) };
    expect(moveOf([aTask('ours', 'DONE'), aTask('theirs', 'ERROR')], {}, theirs)).toBe('replaced');
    expect(moveOf([aTask('ours', 'DONE'), aTask('theirs', 'ERROR')], { ownStart: null }, theirs)).toBe('replaced');
    expect(moveOf([aTask('ours', 'DONE')], {}, theirs)).toBe('replaced');
    expect(moveOf([aTask('ours', 'DONE'), aTask('theirs', 'LOST')], {}, theirs)).toBe('model');
  });
});

describe('a training that is forgotten', () => {
  it('has published its model once that rests, unless others were seen meanwhile, though they are forgotten too', () => {
    expect(moveOf([], {}, { silentMs: 50 })).toBe('watch');
    expect(moveOf([])).toBe('model');
    expect(moveOf([], { rivals: ['theirs'] })).toBe('replaced');
    expect(moveOf([aTask('theirs', 'SUBMITTED')])).toBe('model');
  });

  it('is started again from the model of its last request, or from its own checkpoint where the clock of the trainer tells', () => {
    const shown = stats(OWN_START);
    const ground = {
      tasks: [],
      record: aRecord({ ownStart: OWN_START, previousChecksum: 'last' }),
      stats: shown,
      maxEpochs: 5,
    };
    const at = (checksum: string, seconds?: number): PublishedModel =>
      seconds === undefined ? { checksum, stats: null } : { checksum, stats: null, modifiedAtSeconds: seconds };
    expect(mayStartAgain({ ...ground, published: at('last') }, 'before')).toBe(true);
    expect(mayStartAgain({ ...ground, published: null }, 'before')).toBe(false);
    expect(mayStartAgain({ ...ground, published: at('own', OWN_START + 90) }, 'before')).toBe(true);
    expect(mayStartAgain({ ...ground, published: at('own', OWN_START + 130) }, 'before')).toBe(false);
    expect(mayStartAgain({ ...ground, published: at('own', OWN_START - 1) }, 'before')).toBe(false);
    expect(mayStartAgain({ ...ground, published: at('own') }, 'before')).toBe(false);
    const queued = { ...ground, published: at('own', OWN_START + 90) };
    expect(mayStartAgain({ ...queued, record: { ...ground.record, ahead: ['theirs'] } }, 'before')).toBe(false);
    expect(mayStartAgain({ ...queued, record: { ...ground.record, ahead: [] } }, 'before')).toBe(true);
    const lost = aRecord({ lost: [{ start: OWN_START, epoch: 1 }], previousChecksum: 'last' });
    expect(mayStartAgain({ ...ground, record: lost, published: at('own', OWN_START + 90) }, undefined)).toBe(true);
  });
});
