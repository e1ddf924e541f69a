import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readHeldOut } from '../../src/activities/read-manifest.ts';
import type { IterationInput, IterationResults } from '../../src/contracts/iteration.ts';
import type { EvaluationRef } from '../../src/contracts/training.ts';
import { readClassChanges } from '../../src/receipts/manifests.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';

const MODEL = 'classes';
const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };

let site: GateSite;
beforeAll(async () => {
  site = await openGateSite([MODEL]);
});
afterAll(async () => site.close());

/** What is found to be wrong with a receipt of these results. */
async function verified(input: IterationInput, results: IterationResults, task: string): Promise<readonly string[]> {
  const id = `SurgVU/${encodeURIComponent(task)}`;
  const at = '2026-03-01T08:00:00.000Z';
  const workflow = { runId: task, firstRunId: task };
  const facts = { workflow, startedAt: at, endedAt: at, steps: [], decisions: [], results };
  await site.run('recordReceipt', { id, input: { ...input, task }, ...facts });
  const { failures } = await verifyReceipt(site.store, id, { signal: new AbortController().signal });
  return failures.map((failure) => failure.at);
}

describe('an evaluation', () => {
  it('sends few of a hundred classes along, keeps all in the store, and is counted again by whoever checks the receipt', async () => {
    const input = site.input(MODEL);
    await site.publishWeak(MODEL);
    const own = { id: ID, input, submission: site.submission };
    const few = await site.run('measureModel', { ...own, ...OWN, task: site.task, taken: [], known: null });
    const after = await site.train(MODEL, 'a-run');
    const heldOut = await readHeldOut(site.store, few.heldOut);
    const further = Array.from({ length: 97 }, (_, index) => ({
      id: 100 + index,
      name: `${'ж'.repeat(37)}${100 + index}`,
    }));
    const categories = [...heldOut.categories, ...further];
    const all = await site.store.put(Buffer.from(JSON.stringify({ ...heldOut, categories })));
    const before = { ...few, heldOut: all };
    const evaluation = await site.run('evaluateModel', { ...own, model: after, before });
    expect(Buffer.byteLength(JSON.stringify({ before, evaluation }))).toBeLessThan(8000);
    expect(Object.keys(evaluation.perClass)).toHaveLength(20);
    const listed = evaluation.classes === undefined ? [] : await readClassChanges(site.store, evaluation.classes);
    expect(listed.map(({ name }) => name)).toEqual(categories.map(({ name }) => name));
    const results = { submission: site.submission, modelBefore: before, model: after, evaluation };
    expect(await verified(input, results, 'Sound')).toEqual([]);
    const { gate } = evaluation;
    if (gate?.interval == null || gate.before === null) throw new Error('nothing was compared');
    const lies: [string, Partial<EvaluationRef>][] = [
      ['verdict', { gate: { ...gate, verdict: 'not better' } }],
      ['interval of the difference', { gate: { ...gate, interval: { ...gate.interval, low: 0.5 } } }],
      ['model before', { gate: { ...gate, before: { ...gate.before, dice: 0.01 } } }],
      ['file of the new model', { file: before.file ?? all }],
      ['all classes', { classes: await site.store.put(Buffer.from(JSON.stringify(listed.slice(1)))) }],
    ];
    for (const [what, lie] of lies) {
      expect(await verified(input, { ...results, evaluation: { ...evaluation, ...lie } }, what)).toEqual([what]);
    }
  });
});
