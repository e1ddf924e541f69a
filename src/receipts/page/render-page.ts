import { createHash } from 'node:crypto';
import { outcomeText } from '../../contracts/gate.ts';
import type { Receipt } from '../../contracts/receipt.ts';
import { kindOf, referencesIn } from '../verify/references.ts';
import { element, escapeText, verbatim, type Content, type Markup } from './markup.ts';
import type { PageContent } from './page-content.ts';
import { renderFigures } from './render-figures.ts';
import { renderClasses, renderHash, renderPairs, renderTable } from './render-tables.ts';
import { STYLE } from './style.ts';

/**
 * The page of a receipt: one HTML document that asks for nothing outside of itself, which its content security policy
 * makes sure of. All texts are escaped.
 */
export function renderPage(content: PageContent): string {
  const { receipt } = content;
  const style = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('title', {}, `Receipt of ${receipt.id}`),
    verbatim(`<style>${STYLE}</style>`),
  );
  const sections: readonly Content[] = [
    renderHead(content),
    renderClasses(content),
    content.figures.map(renderFigures),
    renderDecisions(receipt),
    renderNotes(content),
    renderSteps(receipt),
    renderChain(content),
    renderHashes(receipt),
  ];
  const body = element('body', {}, element('main', {}, sections));
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).markup}\n`;
}

function renderHead({ receipt, gate, promotion }: PageContent): Markup {
  const { input, results, versions, cvat, trainer } = receipt;
  const { labels, submission, model, task, comparison } = results;
  const corrected =
    comparison === undefined || 'failed' in comparison
      ? null
      : `${comparison.frames - comparison.untouchedFrames} of ${comparison.frames} frames, ${comparison.changedPixels} pixels`;
  return element(
    'header',
    {},
    element('h1', {}, decoded(receipt.id)),
    element(
      'p',
      { class: 'faint' },
      `Receipt of one iteration, ${time(receipt.startedAt)} to ${time(receipt.endedAt)}`,
    ),
    gate === null ? null : element('p', { class: 'verdict' }, `New model: ${verdict(gate.verdict, promotion)}`),
    (promotion?.reasons ?? gate?.reasons ?? []).map((reason) => element('p', {}, reason)),
    element('h2', {}, 'What it was'),
    renderPairs([
      ['project', input.project],
      ['task', input.task],
      ['task in CVAT', task?.url ?? null],
      [
        'predicted',
        results.predictions === undefined
          ? null
          : `${results.predictions.frames} frames with model ${results.predictions.model}`,
      ],
      ['frames sealed', labels === undefined ? null : `${labels.frames}, ${labels.labelledFrames} of them with labels`],
      ['corrected by people', corrected],
      ['frames', submission === undefined ? null : framesText(submission)],
      ['model', model === undefined ? null : `${model.model}, ${model.epochs} epochs`],
      ['CVAT', versionOf(cvat?.version ?? versions.cvat, cvat)],
      ['trainer', trainer == null ? null : `${trainer.kind} ${trainer.stated ?? ''} at ${trainer.address}`],
      ['maskloop', `${versions.maskloop}${versions.commit == null ? '' : `, commit ${versions.commit.slice(0, 12)}`}`],
    ]),
  );
}

function verdict(text: string, promotion: PageContent['promotion']): string {
  if (promotion === null) return text;
  return `${text}, ${outcomeText(promotion)}`;
}

function versionOf(version: string | null, cvat: Receipt['cvat']): string | null {
  if (version === null) return null;
  const jobs = cvat?.segmentSize == null ? '' : `, ${cvat.segmentSize} frames a job, overlap ${cvat.overlap ?? 0}`;
  return `${version}${jobs}`;
}

function renderDecisions({ decisions }: Receipt): Markup | null {
  if (decisions.length === 0) return null;
  const rows = decisions.map(({ at, what, step, by, about, detail }) => [
    time(at),
    `${what} at ${step}`,
    by,
    [about ?? '', detail ?? ''].filter((text) => text !== '').join(', '),
  ]);
  return element('section', {}, element('h2', {}, 'Decisions'), renderTable(['when', 'what', 'who', 'about'], rows));
}

function renderNotes({ notes }: PageContent): Markup | null {
  if (notes.length === 0) return null;
  const rows = notes.map(({ at, by, text }) => [time(at), by, text]);
  return element('section', {}, element('h2', {}, 'Notes'), renderTable(['when', 'who', 'note'], rows));
}

function renderSteps({ steps }: Receipt): Markup | null {
  if (steps.length === 0) return null;
  const rows = steps.map(({ step, outcome, startedAt, endedAt }) => [
    step,
    outcome,
    time(startedAt),
    outcome === 'skipped' ? '' : duration(Date.parse(endedAt) - Date.parse(startedAt)),
  ]);
  const table = renderTable(['step', 'outcome', 'began', 'took'], rows, [3]);
  return element('section', {}, element('h2', {}, 'Steps'), table);
}

function renderChain({ receipt, sha256 }: PageContent): Markup {
  const { chain } = receipt;
  const previous = chain?.previous ?? null;
  return element(
    'section',
    {},
    element('h2', {}, 'Chain'),
    renderPairs([
      ['this receipt', renderHash(sha256)],
      ['number', chain === undefined ? null : String(chain.number)],
      ['receipt before', previous === null ? null : [`${decoded(previous.id)}, `, renderHash(previous.sha256)]],
    ]),
  );
}

function renderHashes(receipt: Receipt): Markup {
  const { artifacts, folders } = referencesIn(receipt);
  const { model } = receipt.results;
  const hashes = [...folders, ...artifacts].map(({ at, ref }) => [kindOf(at), renderHash(ref.sha256)] as const);
  const pairs = model === undefined ? hashes : [...hashes, ['results.model', renderHash(model.checksum)] as const];
  return element(
    'section',
    {},
    element('h2', {}, 'Hashes'),
    renderPairs(pairs),
    element(
      'p',
      { class: 'faint' },
      'Check them with ',
      verbatim(`<code>maskloop receipt ${escapeText(receipt.id)} --verify</code>`),
      '.',
    ),
  );
}

function framesText({ training, heldOut, unmeasured }: NonNullable<Receipt['results']['submission']>): string {
  const besides = unmeasured === undefined ? 0 : unmeasured.copies + unmeasured.others;
  return `${training} trained on, ${heldOut} held out${besides === 0 ? '' : `, ${besides} of them not measured`}`;
}

/** An id with its names as people write them. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** `2026-03-01 08:00 UTC`. */
function time(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
