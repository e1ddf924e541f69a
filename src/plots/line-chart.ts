import { niceTicks } from './nice-ticks.ts';

/** One line of a chart. */
export interface Series {
  readonly name: string;
  /** Ascending by x. `low` and `high` are drawn as a band. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly low?: number; readonly high?: number }[];
}

export interface ChartOptions {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

/** Colours that people with any colour vision tell apart (Okabe and Ito 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'] as const;
const DASHES = ['', '8 4', '2 4'] as const;
const SIZE = { width: 900, height: 560 };
const AREA = { left: 80, right: 24, top: 56, bottom: 72 };
const LEGEND_LINE = 22;
const FONT = "font-family='DejaVu Sans'";

/**
 * Draws lines over one another, as an SVG document on white. Above seven lines the colours repeat with dashes. Without any
 * point it says so in words.
 */
export function lineChart(series: readonly Series[], { title, x, y }: ChartOptions): string {
  const points = series.flatMap((one) => one.points);
  const body = points.length === 0 ? [text(SIZE.width / 2, SIZE.height / 2, 'nothing was measured')] : plot(series);
  return [
    `<svg xmlns='http://www.w3.org/2000/svg' width='${SIZE.width}' height='${SIZE.height}' ${FONT} font-size='14'>`,
    `<rect width='100%' height='100%' fill='#ffffff'/>`,
    text(SIZE.width / 2, 30, title, "font-size='18'"),
    text((AREA.left + SIZE.width - AREA.right) / 2, SIZE.height - 20, x),
    text(0, 0, y, `transform='translate(22 ${(AREA.top + SIZE.height - AREA.bottom) / 2}) rotate(-90)'`),
    ...body,
    '</svg>',
  ].join('\n');
}

function plot(series: readonly Series[]): readonly string[] {
  const points = series.flatMap((one) => one.points);
  const heights = points.flatMap(({ y, low = y, high = y }) => [y, low, high]);
  const xTicks = niceTicks(Math.min(...points.map((point) => point.x)), Math.max(...points.map((point) => point.x)));
  const yTicks = niceTicks(Math.min(...heights), Math.max(...heights));
  const across = scale(xTicks, AREA.left, SIZE.width - AREA.right);
  const up = scale(yTicks, SIZE.height - AREA.bottom, AREA.top);
  const right = SIZE.width - AREA.right;
  const lines = series.flatMap((one, index) => drawn(one, styleOf(index), across, up));
  return [
    ...yTicks.flatMap((tick) => [
      `<line x1='${AREA.left}' x2='${right}' y1='${up(tick)}' y2='${up(tick)}' stroke='#dddddd'/>`,
      text(AREA.left - 10, up(tick) + 5, String(tick), "text-anchor='end'"),
    ]),
    ...xTicks.map((tick) => text(across(tick), SIZE.height - AREA.bottom + 22, String(tick))),
    ...lines,
    ...series.flatMap(({ name }, index) => legend(name, index, series.length)),
  ];
}

type Scale = (value: number) => number;

function scale(ticks: readonly number[], from: number, to: number): Scale {
  const [first, last] = [ticks.at(0) ?? 0, ticks.at(-1) ?? 1];
  return (value) => Math.round((from + ((value - first) / (last - first)) * (to - from)) * 100) / 100;
}

function styleOf(index: number): { readonly colour: string; readonly dash: string } {
  const dash = DASHES[Math.floor(index / COLOURS.length) % DASHES.length] ?? '';
  return { colour: COLOURS[index % COLOURS.length] ?? '#000000', dash };
}

function drawn(
  { points }: Series,
  { colour, dash }: { readonly colour: string; readonly dash: string },
  across: Scale,
  up: Scale,
): readonly string[] {
  const [first] = points;
  const banded = points.flatMap(({ x, low, high }) =>
    low === undefined || high === undefined ? [] : [{ x, low, high }],
  );
  const edge = [
    ...banded.map(({ x, high }) => `${across(x)},${up(high)}`),
    ...banded.toReversed().map(({ x, low }) => `${across(x)},${up(low)}`),
  ];
  const course = points.map(({ x, y }) => `${across(x)},${up(y)}`).join(' ');
  const stroke = `stroke='${colour}' stroke-width='2.5'${dash === '' ? '' : ` stroke-dasharray='${dash}'`}`;
  return [
    ...(edge.length > 2 ? [`<polygon points='${edge.join(' ')}' fill='${colour}' fill-opacity='0.12'/>`] : []),
    ...(first === undefined ? [] : [`<polyline points='${course}' fill='none' ${stroke}/>`]),
    ...points.map(({ x, y }) => `<circle cx='${across(x)}' cy='${up(y)}' r='4' fill='${colour}'/>`),
  ];
}

/** In the lower right corner, where a learning curve leaves room. */
function legend(name: string, index: number, of: number): readonly string[] {
  const { colour, dash } = styleOf(index);
  const y = SIZE.height - AREA.bottom - 14 - (of - 1 - index) * LEGEND_LINE;
  const x = SIZE.width - AREA.right - 280;
  const stroke = `stroke='${colour}' stroke-width='2.5'${dash === '' ? '' : ` stroke-dasharray='${dash}'`}`;
  return [
    `<line x1='${x}' x2='${x + 28}' y1='${y - 5}' y2='${y - 5}' ${stroke}/>`,
    text(x + 38, y, name, "text-anchor='start'"),
  ];
}

function text(x: number, y: number, words: string, more = ''): string {
  const anchor = more.includes('text-anchor') ? '' : "text-anchor='middle'";
  return `<text x='${x}' y='${y}' fill='#222222' ${anchor} ${more}>${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replace(/[&<>'"]/g, (character) => `&#${character.codePointAt(0)};`);
}
