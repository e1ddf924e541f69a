import { describe, expect, it } from '@jest/globals';
import { judge, medianRatio } from '../../../scripts/bench/verdict.ts';

const words = (figures: Parameters<typeof judge>[0]): string[] => judge(figures).map(({ line }) => line.split(' ')[0]!);
const passes = (figures: Parameters<typeof judge>[0]): boolean[] => judge(figures).map(({ passed }) => passed);

describe('the verdict of the benchmark', () => {
  it('passes what reaches its goal exactly, and says value, goal and limit', () => {
    expect(judge({ oneWorker: 10, allCores: 18, inProcess: 3.5 })).toEqual([
      { passed: true, line: 'ok    one worker: 10.0 × the notebook (goal 10 ×, limit 8 ×)' },
      { passed: true, line: 'ok    all cores: 18.0 × the notebook (goal 18 ×, limit 15 ×)' },
      { passed: true, line: 'ok    inside the process: 3.50 × bare read and inflate (goal 3.5 ×, limit 4.5 ×)' },
    ]);
  });

  it('lets pass what lies between goal and limit, and tells it from what reaches its goal', () => {
    const figures = { oneWorker: 8, allCores: 15, inProcess: 4.5 };
    expect(words(figures)).toEqual(['short', 'short', 'short']);
    expect(passes(figures)).toEqual([true, true, true]);
  });

  it('misses each limit on its own, slower below and heavier above', () => {
    expect(passes({ oneWorker: 7.99, allCores: 18, inProcess: 1 })).toEqual([false, true, true]);
    expect(passes({ oneWorker: 10, allCores: 14.99, inProcess: 1 })).toEqual([true, false, true]);
    expect(passes({ oneWorker: 10, allCores: 18, inProcess: 4.51 })).toEqual([true, true, false]);
    expect(words({ oneWorker: 1, allCores: 1, inProcess: 9 })).toEqual(['MISS', 'MISS', 'MISS']);
  });

  it('misses what was not measured', () => {
    const nothing = medianRatio([]);
    expect(passes({ oneWorker: nothing, allCores: nothing, inProcess: nothing })).toEqual([false, false, false]);
  });
});
