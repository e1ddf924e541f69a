import type { FigureGroup, FrameFigure } from './page-content.ts';
import { element, type Markup } from './markup.ts';

/** Frames with the outlines of two masks over their images. */
export function renderFigures({ title, dashed, solid, frames }: FigureGroup): Markup {
  return element(
    'section',
    {},
    element('h2', {}, title),
    element('p', { class: 'faint' }, key('dashed'), ` ${dashed}   `, key('solid'), ` ${solid}`),
    element(
      'div',
      { class: 'frames' },
      frames.map((frame) => renderFrame(frame, { dashed, solid })),
    ),
  );
}

function key(kind: 'dashed' | 'solid'): Markup {
  const line = element('path', { class: kind, d: 'M0 5H36' });
  return element('svg', { class: 'key', viewBox: '0 0 36 10', 'aria-hidden': 'true' }, line);
}

function renderFrame(frame: FrameFigure, names: { readonly dashed: string; readonly solid: string }): Markup {
  const { name, caption, width, height, image } = frame;
  const label = `${name} with the outlines of ${names.dashed} and ${names.solid}`;
  return element(
    'figure',
    {},
    element(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
      image === null ? null : element('image', { href: image, width, height }),
      element('path', { class: 'solid', d: frame.solid }),
      element('path', { class: 'dashed', d: frame.dashed }),
    ),
    element(
      'figcaption',
      {},
      element('strong', {}, name),
      ` ${caption}`,
      image === null ? element('span', { class: 'faint' }, ' (image not at hand)') : null,
    ),
  );
}
