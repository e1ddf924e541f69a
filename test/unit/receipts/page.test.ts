import { describe, expect, it } from '@jest/globals';
import type { Receipt } from '../../../src/contracts/receipt.ts';
import type { PageContent } from '../../../src/receipts/page/page-content.ts';
import { outline } from '../../../src/receipts/page/outline.ts';
import { renderPage } from '../../../src/receipts/page/render-page.ts';
import { gateOf, promotionOf } from '../../../src/receipts/page/read-gate.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';

const EVIL = `"><script>alert('x')</script>&`;

function content(changes: Partial<PageContent> = {}): PageContent {
  return {
    receipt: sampleReceipt(),
    sha256: 'ab'.repeat(32),
    classes: [{ name: 'instrument', before: null, after: 0.91234, floor: null, agreement: null }],
    gate: null,
    promotion: null,
    figures: [],
    notes: [],
    ...changes,
  };
}

const AGREEMENT = { dice: 0.8, iou: 0.7 };
const GATE = {
  before: { ...AGREEMENT, checksum: 'SHA256:aa' },
  after: { ...AGREEMENT, checksum: 'SHA256:bb' },
  difference: 0.05,
  interval: { low: -0.01, high: 0.11, draws: 1000, lossShare: 0.1 },
  groups: 7,
  classes: { first: [{ name: 'instrument', before: AGREEMENT, after: AGREEMENT, floor: 0.5 }], total: 1 },
  verdict: 'better',
  reasons: ['It gained 0.05.'],
};

describe('the page of a receipt', () => {
  it('asks for nothing outside, which its policy forbids as well', () => {
    const page = renderPage(content());
    expect(page).toContain('default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-');
    const addresses = [...page.matchAll(/(?:src|href|srcset|action|url\()\s*=?\s*["'(]?([^"')\s>]+)/gi)];
    expect(addresses.map(([, address]) => address).filter((address) => address?.startsWith('http'))).toEqual([]);
    expect(page).not.toMatch(/<(?:script|link|iframe|object|embed|form)\b/i);
  });

  it('shows whatever people wrote as text', () => {
    const base = sampleReceipt();
    const receipt = sampleReceipt({
      id: EVIL,
      input: { ...base.input, project: EVIL, task: EVIL },
      decisions: [{ what: 'retry', step: 'train', by: EVIL, at: base.endedAt, about: null, detail: EVIL }],
    });
    const frame = { name: EVIL, caption: EVIL, width: 2, height: 2, image: null, dashed: 'M0 0H1', solid: '' };
    const figures = [{ title: EVIL, dashed: EVIL, solid: EVIL, frames: [frame] }];
    const classes = [{ name: EVIL, before: null, after: 1, floor: null, agreement: null }];
    const page = renderPage(content({ receipt, figures, classes }));
    expect(page).not.toContain('<script');
    expect(page).not.toContain(EVIL);
    expect(page.split('&quot;&gt;&lt;script&gt;').length).toBeGreaterThan(8);
  });

  it('leaves out what the receipt does not have', () => {
    const { evaluation: _, ...results } = sampleReceipt().results;
    const classes = [{ name: 'instrument', before: null, after: null, floor: null, agreement: null }];
    const bare = renderPage(content({ receipt: sampleReceipt({ results, decisions: [], steps: [] }), classes }));
    for (const heading of ['Dice by class', 'Decisions', 'Steps', 'Frames']) expect(bare).not.toContain(heading);
    expect(renderPage(content())).not.toContain('model before');
  });

  it('shows the models before and after where they were compared, and what became of the new one', () => {
    const base = sampleReceipt();
    const promotion = {
      policy: 'ask',
      verdict: 'better',
      outcome: 'promoted',
      reasons: ['It gained 0.05.'],
      checksum: 'SHA256:cc',
      published: 'SHA256:cc',
      by: 'lead',
      at: '2026-03-01T08:00:00.000Z',
    };
    const evaluation = { ...base.results.evaluation, gate: GATE };
    const results = { ...base.results, evaluation, promotion } as Receipt['results'];
    const receipt = sampleReceipt({ results });
    const classes = [{ name: 'instrument', before: 0.9, after: 0.8, floor: 0.5, agreement: 1 }];
    const page = renderPage(content({ receipt, classes, gate: gateOf(receipt), promotion: promotionOf(receipt) }));
    expect(page).toContain('New model: better, promoted by lead');
    expect(page).toContain('95 % interval over 7 groups: −0.0100 to +0.1100');
    expect(page).toContain('<span class="worse">−0.1000</span>');
    expect(gateOf(base)).toBeNull();
  });
});

describe('an outline', () => {
  it('runs along the edges of pixels, between classes as well as to the background', () => {
    const values = Uint8Array.from([0, 0, 0, 0, 1, 2, 0, 0, 0]);
    const path = outline({ width: 3, height: 3, values });
    expect(path).toBe('M1 1H3M1 2H3M1 1V2M2 1V2M3 1V2');
    expect(outline({ width: 2, height: 1, values: new Uint8Array(2) })).toBe('');
  });

  it('stays short for a large mask of noise', () => {
    const values = Uint8Array.from({ length: 1200 * 900 }, (_, i) => ((i * 2654435761) >>> 16) & 1);
    const path = outline({ width: 1200, height: 900, values });
    expect(path.length).toBeLessThan(120_000);
    expect(path.length).toBeGreaterThan(1000);
  });
});
