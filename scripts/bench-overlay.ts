/** Draws a 1080p frame with six ragged classes as the viewer does, in Chromium, and prints how long that takes. */
import { findChromium } from '../test/kit/browser/find-chromium.ts';
import { chromium } from 'playwright-core';
import { bundle } from './bench-overlay/bundle.ts';
import { z } from 'zod';
import { raggedFrame } from './bench-overlay/ragged-frame.ts';

/** Milliseconds by what is drawn. */
const timesSchema = z.record(z.string(), z.number());

const RUNS = 20;
const TARGET_MS = 30;

const executablePath = findChromium(process.env);
if (executablePath === null) throw new Error('no Chromium: install it, or name it in MASKLOOP_CHROMIUM');
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath, args });
try {
  const page = await browser.newPage();
  // Outside of a function, or it would be no global.
  await page.addScriptTag({ content: await bundle() });
  const frame = JSON.stringify(raggedFrame());
  const runs: z.infer<typeof timesSchema>[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    runs.push(timesSchema.parse(await page.evaluate(`overlay.timeDrawing(${frame})`)));
  }
  // The first compiles.
  report(runs.slice(1));
} finally {
  await browser.close();
}

function report(runs: readonly z.infer<typeof timesSchema>[]): void {
  process.stdout.write(`1920 × 1080, 6 classes, unpacked and drawn ${runs.length} times\n`);
  for (const name of Object.keys(runs[0] ?? {})) {
    const sorted = runs.map((times) => times[name] ?? 0).toSorted((a, b) => a - b);
    const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1).padStart(6);
    process.stdout.write(`${name.padEnd(20)} median ${at(0.5)} ms, slowest ${at(1)} ms\n`);
  }
  process.stdout.write(`wanted: a median under ${TARGET_MS} ms\n`);
}
