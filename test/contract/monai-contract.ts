import { afterAll, beforeAll, describe } from '@jest/globals';
import type { MonaiCases, MonaiTraits } from './kit/cases.ts';
import { openMonaiDesk, type MonaiDesk, type MonaiServer } from './kit/monai-desk.ts';
import { datastoreCases } from './monai/datastore.ts';
import { inferCases } from './monai/infer.ts';
import { serverCases } from './monai/server.ts';
import { trainingCases } from './monai/training.ts';
import { unwiseUploadCases } from './monai/unwise-uploads.ts';

/**
 * What maskloop relies on in MONAI Label, one test each: every method of the client, and every oddity that the client is
 * built around. Works on images of its own, which are removed in the end, and puts back the model that was there.
 *
 * @param writeGapMs least time between two uploads; the client's own by default
 */
export function monaiContract(
  name: string,
  open: () => Promise<MonaiServer>,
  traits: MonaiTraits,
  writeGapMs?: number,
): void {
  describe(`MONAI Label: ${name}`, () => {
    let server: MonaiServer | undefined;
    let desk: MonaiDesk | undefined;
    beforeAll(async () => {
      server = await open();
      desk = await openMonaiDesk(server, writeGapMs);
    });
    afterAll(async () => {
      try {
        await desk?.close();
      } finally {
        await server?.close();
      }
    });
    const at = (): MonaiDesk => {
      if (desk === undefined) throw new Error('MONAI Label was not opened');
      return desk;
    };
    const all: Readonly<Record<string, MonaiCases>> = {
      'its answers': serverCases,
      'its datastore': datastoreCases,
      'unwise uploads': unwiseUploadCases,
      predictions: inferCases,
      trainings: trainingCases,
    };
    for (const [what, cases] of Object.entries(all)) {
      describe(`in ${what}`, () => {
        cases(at, traits);
      });
    }
  });
}
