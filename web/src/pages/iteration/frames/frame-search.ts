import { FRAME_ORDERS, type FrameOrder } from './frame-row.ts';

/** What can be laid over a picture, in the order of their keys. */
export const SWITCHES = ['preannotation', 'label', 'difference', 'prediction'] as const;
export type SwitchName = (typeof SWITCHES)[number];

export const KINDS = ['all', 'changed', 'compared', 'deleted', 'excluded', 'heldOut'] as const;
export type Kind = (typeof KINDS)[number];

/** What the list of frames and the viewer show, as the address says it. */
export interface FrameSearch {
  readonly order: FrameOrder;
  readonly kind: Kind;
  /** Part of a name; empty for all. */
  readonly name: string;
  /** Place of the first frame of the page in the whole list. */
  readonly from: number;
  /** Name of the frame in the viewer; null for the first of the list. */
  readonly frame: string | null;
  readonly on: readonly SwitchName[];
  readonly isSideBySide: boolean;
}

const DEFAULT_ON: readonly SwitchName[] = ['preannotation', 'label'];

/** Reads an address; what it does not say, or says wrongly, is as at first. */
export function readFrameSearch(search: URLSearchParams): FrameSearch {
  const given = search.get('on')?.split(' ');
  const from = Number(search.get('from') ?? 0);
  return {
    order: FRAME_ORDERS.find((one) => one === search.get('order')) ?? 'disagreement',
    kind: KINDS.find((one) => one === search.get('kind')) ?? 'all',
    name: search.get('name') ?? '',
    from: Number.isInteger(from) && from > 0 ? from : 0,
    frame: search.get('frame'),
    on: given === undefined ? DEFAULT_ON : SWITCHES.filter((one) => given.includes(one)),
    isSideBySide: search.get('view') === 'side',
  };
}

/** The address that says this; what is as at first is left out. Whatever else the address says stays. */
export function writeFrameSearch(before: URLSearchParams, wanted: FrameSearch): URLSearchParams {
  const search = new URLSearchParams(before);
  const write = (name: string, value: string, usual: string): void => {
    if (value === usual) search.delete(name);
    else search.set(name, value);
  };
  write('order', wanted.order, 'disagreement');
  write('kind', wanted.kind, 'all');
  write('name', wanted.name, '');
  write('from', String(wanted.from), '0');
  write('frame', wanted.frame ?? '', '');
  write('on', wanted.on.join(' '), DEFAULT_ON.join(' '));
  write('view', wanted.isSideBySide ? 'side' : '', '');
  return search;
}

/** The same with one thing more, or less, laid over the picture. */
export function switched(search: FrameSearch, name: SwitchName): FrameSearch {
  const isOn = search.on.includes(name);
  return { ...search, on: SWITCHES.filter((one) => (one === name ? !isOn : search.on.includes(one))) };
}
