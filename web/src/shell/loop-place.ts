import { useLocation } from 'react-router';

/** Of which loop a page is, as the API asks for it. */
export interface LoopPlace {
  readonly connection: string;
  readonly project: string;
  readonly loop: string;
}

/** The place in an address like `/loops/CONNECTION/PROJECT/NAME`. The router's own parameters decode what is part of a name as well. */
export function useLoopPlace(): LoopPlace {
  const [, , connection = '', project = '', loop = ''] = useLocation().pathname.split('/').map(decodeURIComponent);
  return { connection, project, loop };
}

/** A loop in words: `SurgVU / tools`, with its connection where that is another than `default`. */
export function placeWords({ connection, project, loop }: LoopPlace): string {
  return [...(connection === 'default' ? [] : [connection]), project, loop].join(' / ');
}
