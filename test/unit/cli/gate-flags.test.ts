import { describe, expect, it } from '@jest/globals';
import {
  gateOptions,
  heldOutSourceOf,
  parseFloor,
  parseHeldOut,
  requireKnownFloors,
} from '../../../src/cli/gate-flags.ts';

describe('flags of the gate', () => {
  it('take a number as a share of at most nine tenths, and anything else as a file', () => {
    expect(parseHeldOut('0.9')).toEqual({ kind: 'fraction', fraction: 0.9 });
    expect(parseHeldOut('.25')).toEqual({ kind: 'fraction', fraction: 0.25 });
    expect(parseHeldOut('0')).toEqual({ kind: 'fraction', fraction: 0 });
    for (const text of ['0.91', '1', '-0.1', '20%', '']) expect(() => parseHeldOut(text)).toThrow(/0 to 0.9/);
    expect(parseHeldOut('./ground-truth')).toEqual({ kind: 'names', file: './ground-truth' });
    expect(parseHeldOut('./0.2')).toEqual({ kind: 'names', file: './0.2' });
  });

  it('take floors of every class and of one, after one another', () => {
    const floors = ['0.5', 'grasper=0.6', 'a=b=0'].reduce<ReturnType<typeof parseFloor> | undefined>(
      (before, text) => parseFloor(text, before),
      undefined,
    );
    expect(floors).toEqual({ all: 0.5, classes: { grasper: 0.6, 'a=b': 0 } });
    for (const text of ['', '1.1', '-1', 'grasper=', 'grasper']) expect(() => parseFloor(text)).toThrow(/0 to 1/);
    expect(() => requireKnownFloors({ gateFloor: parseFloor('grapser=0.6') }, [{ name: 'grasper' }])).toThrow(
      'grapser',
    );
  });

  it('take held-out frames from one place only', () => {
    expect(heldOutSourceOf({})).toBeNull();
    expect(heldOutSourceOf({ heldOutTask: 'T0' })).toEqual({ kind: 'task', task: 'T0' });
    const truth = { heldOut: parseHeldOut('ground-truth') };
    expect(heldOutSourceOf(truth)).toEqual({ kind: 'ground-truth', task: null });
    expect(heldOutSourceOf({ ...truth, heldOutTask: 'T0' })).toEqual({ kind: 'ground-truth', task: 'T0' });
    const images = { heldOutImages: 'a', heldOutMasks: 'b' };
    expect(() => heldOutSourceOf({ ...truth, ...images })).toThrow('exclude each other');
    expect(() => heldOutSourceOf({ heldOut: parseHeldOut('0.1'), heldOutTask: 'T0' })).toThrow('exclude each other');
    expect(() => heldOutSourceOf({ heldOutImages: 'a' })).toThrow('go together');
    const both = { heldOutTask: 'T0', heldOutImages: 'a', heldOutMasks: 'b' };
    expect(() => heldOutSourceOf(both)).toThrow('--held-out-images and --held-out-task exclude each other');
  });

  it('leave out what was not asked for, so that equal starts have equal inputs', () => {
    expect(gateOptions({}, null)).toEqual({ heldOutFraction: 0.2 });
    expect(gateOptions({ gate: 'ask', group: 'folder' }, { kind: 'task', task: 'T0' })).toEqual({
      heldOutFraction: 0,
      heldOut: { kind: 'task', task: 'T0' },
      group: 'folder',
      gate: { policy: 'ask', floors: { all: null, classes: {} } },
    });
  });
});
