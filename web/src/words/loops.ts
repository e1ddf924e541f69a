import type { LoopStatus } from '../../../src/contracts/loop.ts';
import { waitingWords } from './waiting.ts';
import type { Tone } from '../theme/tone.ts';

const PHASES: Readonly<Record<LoopStatus['phase'], readonly [word: string, tone: Tone]>> = {
  selecting: ['Chooses frames', 'running'],
  iterating: ['Iterates', 'running'],
  asking: ['Needs a decision', 'attention'],
  resting: ['Rests', 'quiet'],
  stopped: ['Stopped', 'quiet'],
};

const isPhase = (text: string): text is LoopStatus['phase'] => Object.hasOwn(PHASES, text);

/** What a loop does, in words: what holds it up comes before its phase. Both null for one that does not run. */
export function loopWords(loop: {
  readonly phase: string | null;
  readonly waitingFor: string | null;
}): readonly [word: string, tone: Tone] {
  const { phase, waitingFor } = loop;
  if (phase === null) return ['Does not run', 'quiet'];
  if (waitingFor === 'decision' || waitingFor === 'resume' || waitingFor === 'server') {
    const { word, tone } = waitingWords(waitingFor);
    return [word, tone];
  }
  return isPhase(phase) ? PHASES[phase] : [phase, 'quiet'];
}
