import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkName, receiptName, tombstoneName } from '../../src/contracts/ids.ts';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import { readLabels } from '../../src/activities/read-manifest.ts';
import { readEvaluatedFrames } from '../../src/receipts/manifests.ts';
import { readPage } from '../../src/receipts/page/read-page.ts';
import { renderPage } from '../../src/receipts/page/render-page.ts';
import type { Verification } from '../../src/receipts/verify/verification.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { contentPath } from '../../src/storage/content-address.ts';
import { documentPath } from '../../src/storage/document-path.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { recordIteration, recordReceipt } from '../kit/recorded-iteration.ts';

const PLACE = { connection: 'default', project: 'SurgVU' };
const SECOND = 'SurgVU/second';

let site: ActivitySite;
let results: IterationResults;
beforeAll(async () => {
  site = await openActivitySite({ frames: 5 });
  results = await recordIteration(site);
  await recordReceipt(site, {}, { id: SECOND, input: { ...site.input, task: 'second' } });
  await site.closeServers();
}, 240_000);
afterAll(async () => site.close());

const verify = (id = site.id): Promise<Verification> =>
  verifyReceipt(site.store, id, { signal: new AbortController().signal });

const fileOf = ({ sha256 }: ArtifactRef): string => join(site.store.address, contentPath(sha256));
const documentOf = (name: string): string => join(site.store.address, 'named', ...documentPath(name));

/** What is found while one byte of a file is another one, or the file is gone; afterwards it is as before. */
async function whileFile(path: string, is: 'flipped' | 'gone', id?: string): Promise<Verification> {
  const content = await readFile(path);
  const flipped = Buffer.from(content);
  flipped[flipped.length >> 1]! ^= 1;
  try {
    await (is === 'gone' ? rm(path) : writeFile(path, flipped));
    return await verify(id);
  } finally {
    await writeFile(path, content);
  }
}

function ref(
  name: 'dataset' | 'seal' | 'labels' | 'comparison' | 'submission' | 'evaluation' | 'labelTable',
): ArtifactRef {
  const { dataset, seal, labels, comparison, submission, evaluation, labelTable } = results;
  const refs = {
    dataset: dataset?.document,
    seal: seal?.artifact,
    labels: labels?.manifest,
    comparison: comparison === undefined || 'failed' in comparison ? undefined : comparison.manifest,
    submission: submission?.manifest,
    evaluation: evaluation?.manifest,
    labelTable: labelTable?.table,
  };
  const found = refs[name];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

describe('the receipt of a whole iteration', () => {
  it('is sound without any server, with every artifact read and every count made again', async () => {
    const found = await verify();
    expect(found.failures).toEqual([]);
    expect(found).toMatchObject({ sound: true, absent: [], chain: { number: 1, sound: 1 } });
    const places = found.artifacts.map(({ at, count }) => `${at} ${count}`);
    expect(places).toEqual(
      expect.arrayContaining([
        'results.labels.manifest 1',
        'results.labels.manifest.frames[].label 5',
        'results.evaluation.manifest.frames[].prediction 1',
      ]),
    );
    expect(found.folders.map(({ at }) => at)).toEqual(['input.masks', 'input.images']);
    const whats = found.recounted.map(({ what }) => what);
    expect(whats).toEqual(
      expect.arrayContaining(['images of the document', 'shapes of the seal', 'changed pixels', 'mean Dice']),
    );
  });

  it('says how far it is, to the end', async () => {
    const seen: { done: number; total: number }[] = [];
    const onProgress = (progress: { done: number; total: number }): void => void seen.push(progress);
    await verifyReceipt(site.store, site.id, { signal: new AbortController().signal, onProgress });
    expect(seen.at(-1)?.done).toBe(seen.at(-1)?.total);
  });

  it('ends at once when it is stopped', async () => {
    await expect(verifyReceipt(site.store, site.id, { signal: AbortSignal.abort('stop') })).rejects.toBe('stop');
  });
});

describe('one flipped byte', () => {
  it.each(['dataset', 'seal', 'labels', 'comparison', 'submission', 'evaluation', 'labelTable'] as const)(
    'is found in the artifact of %s',
    async (name) => {
      const found = await whileFile(fileOf(ref(name)), 'flipped');
      expect(found.sound).toBe(false);
      expect(found.failures.map(({ at }) => at)).toEqual([expect.stringMatching(`^results.${name}.`)]);
    },
  );

  it('is found in a label PNG and in a prediction', async () => {
    const { frames } = await readLabels(site.store, ref('labels'));
    const { frames: measured } = await readEvaluatedFrames(site.store, ref('evaluation'));
    const label = await whileFile(fileOf(frames[2]!.label), 'flipped');
    expect(label.failures.map(({ at }) => at)).toEqual(['results.labels.manifest.frames[2].label']);
    const prediction = await whileFile(fileOf(measured[0]!.prediction), 'flipped');
    expect(prediction.failures.map(({ at }) => at)).toEqual(['results.evaluation.manifest.frames[0].prediction']);
  });

  it('is found in a mask of the folder in place', async () => {
    const [mask = ''] = await readdir(site.scenes.masksDir);
    const found = await whileFile(join(site.scenes.masksDir, mask), 'flipped');
    expect(found.failures).toEqual([{ at: 'input.masks', problem: expect.stringContaining('has changed') }]);
  });

  it('is found in the receipt, in its link, and in the receipt before', async () => {
    const text = await readFile(documentOf(receiptName(site.id)), 'utf8');
    await writeFile(documentOf(receiptName(site.id)), text.replace('"epochs": 3', '"epochs": 4'));
    const changed = await verify();
    const later = await verify(SECOND);
    await writeFile(documentOf(receiptName(site.id)), text);
    expect(changed.failures).toEqual([{ at: linkName(PLACE, 1), problem: expect.stringContaining('the link names') }]);
    expect(later.failures).toEqual([{ at: receiptName(site.id), problem: expect.stringContaining('is not the one') }]);
    const link = await whileFile(documentOf(linkName(PLACE, 1)), 'gone', SECOND);
    expect(link.failures).toEqual([{ at: linkName(PLACE, 1), problem: 'the link is missing' }]);
    expect((await verify(SECOND)).chain).toEqual({ number: 2, sound: 2 });
  });
});

describe('the page', () => {
  it('draws the worst frames over their images, from the store and the folder alone', async () => {
    const content = await readPage(site.store, site.id);
    expect(content.figures.map(({ dashed, frames }) => `${dashed} ${frames.length}`)).toEqual([
      'prediction 1',
      'pre-annotation 1',
    ]);
    for (const { image, solid } of content.figures.flatMap(({ frames }) => frames)) {
      expect(image).toMatch(/^data:image\/png;base64,/);
      expect(solid).toMatch(/^M/);
    }
    expect(content.classes.some(({ agreement }) => agreement !== null && agreement < 1)).toBe(true);
    const page = renderPage(content);
    expect(page).toContain('lead &lt;b&gt;');
    expect(page).toContain(content.sha256);
  });

  it('is made without what is damaged', async () => {
    const content = await readFile(fileOf(ref('labels')));
    await writeFile(fileOf(ref('labels')), 'x');
    const { figures } = await readPage(site.store, site.id);
    await writeFile(fileOf(ref('labels')), content);
    expect(figures.map(({ dashed }) => dashed)).toEqual(['prediction']);
  });
});

describe('what is not there', () => {
  it('is a failure, unless it was forgotten on purpose', async () => {
    const { frames } = await readLabels(site.store, ref('labels'));
    const { label } = frames[3]!;
    const lost = await whileFile(fileOf(label), 'gone');
    expect(lost.failures.map(({ at }) => at)).toEqual(['results.labels.manifest.frames[3].label']);
    await site.store.putNamed(tombstoneName(label.sha256), Buffer.from('{}'));
    const forgotten = await whileFile(fileOf(label), 'gone');
    await rm(documentOf(tombstoneName(label.sha256)));
    expect(forgotten).toMatchObject({
      sound: true,
      absent: [{ at: 'results.labels.manifest.frames[3].label', why: 'forgotten' }],
    });
  });

  it('is no failure where it is a folder of somebody else', async () => {
    await rm(site.scenes.imagesDir, { recursive: true });
    const found = await verify();
    expect(found).toMatchObject({ sound: true, absent: [{ at: 'input.images', why: 'gone' }] });
  });
});

describe('statements that the artifacts do not bear out', () => {
  it('are found: a Dice, a count of labels, a count of frames that were trained on', async () => {
    const { evaluation, labels, submission } = results;
    if (evaluation === undefined || labels === undefined || submission === undefined) throw new Error('not trained');
    const better = { ...evaluation, meanDice: 0.999 };
    const more = { ...submission, training: submission.training + 1 };
    const lies = { ...results, evaluation: better, submission: more, labels: { ...labels, labelledFrames: 4 } };
    await recordReceipt(site, lies, { id: 'SurgVU/lies', input: { ...site.input, task: 'lies' } });
    const found = await verify('SurgVU/lies');
    expect(found.failures.map(({ at }) => at).toSorted()).toEqual([
      'frames trained on',
      'frames with labelled pixels',
      'mean Dice',
    ]);
  });
});
