import { beforeEach, describe, expect, it } from '@jest/globals';
import { addNote, readNotes } from '../../../src/receipts/notes.ts';
import { renderPage } from '../../../src/receipts/page/render-page.ts';
import { readPage } from '../../../src/receipts/page/read-page.ts';
import { receiptName } from '../../../src/contracts/ids.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';
import { temporaryFolders } from '../storage/temporary-folder.ts';

const ID = 'SurgVU/Iteration_1';
const at = '2026-03-01T08:00:00.000Z';

const emptyFolder = temporaryFolders();
let store: ArtifactStore;
beforeEach(async () => {
  store = createFolderStore(await emptyFolder());
});

describe('notes on an iteration', () => {
  it('stay in the order in which they were written, whoever writes at the same time', async () => {
    await addNote(store, { id: ID, by: 'ana', at, text: ' first ' });
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => addNote(store, { id: ID, by: 'ben', at, text: `at once ${n}` })),
    );
    await addNote(store, { id: ID, by: 'ana', at, text: 'last' });
    const notes = await readNotes(store, ID);
    expect(notes.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([notes[0]?.text, notes[9]?.text]).toEqual(['first', 'last']);
    expect(new Set(notes.map(({ text }) => text)).size).toBe(10);
  });

  it('are those of this iteration alone', async () => {
    await addNote(store, { id: ID, by: 'ana', at, text: 'one' });
    await addNote(store, { id: `${ID}~2`, by: 'ana', at, text: 'two' });
    await addNote(store, { id: `north/${ID}`, by: 'ana', at, text: 'three' });
    expect((await readNotes(store, ID)).map(({ text }) => text)).toEqual(['one']);
  });

  it('have 1 to 2,000 characters', async () => {
    const note = { id: ID, by: 'ana', at };
    for (const text of ['', '  \n', 'x'.repeat(2001)]) {
      await expect(addNote(store, { ...note, text })).rejects.toMatchObject({ code: 'RequestInvalid' });
    }
    expect(await readNotes(store, ID)).toEqual([]);
    expect((await addNote(store, { ...note, text: 'x'.repeat(2000) })).number).toBe(1);
  });

  it('are on the page of the receipt if they were written before the end, and say nothing to a browser but what they say', async () => {
    const receipt = sampleReceipt();
    await store.putNamed(receiptName(receipt.id), Buffer.from(JSON.stringify(receipt)));
    const write = async (time: number, text: string): Promise<void> =>
      void (await addNote(store, { id: receipt.id, by: 'ana', at: new Date(time).toISOString(), text }));
    const end = Date.parse(receipt.endedAt);
    await write(end - 1000, 'frames of case 7 were <script>blurred</script>');
    await write(end + 1000, 'written afterwards');
    const page = renderPage(await readPage(store, receipt.id));
    expect(page).toContain('frames of case 7 were &lt;script&gt;blurred');
    expect(page).not.toContain('written afterwards');
  });
});
