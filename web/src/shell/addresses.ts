import { useLocation } from 'react-router';

/** The page of an iteration. Its id stands in the address percent-encoded as a whole, as in the API. */
export function iterationAddress(id: string): string {
  return `/iterations/${encodeURIComponent(id)}`;
}

/** The id in the address `/iterations/ID…`. The router's own parameters decode `%252F` as well, which is part of a name. @public */
export function useIterationId(): string {
  const [, , part = ''] = useLocation().pathname.split('/');
  return decodeURIComponent(part);
}

/** The page of a loop. */
export function loopAddress(loop: {
  readonly connection: string;
  readonly project: string;
  readonly name: string;
}): string {
  return `/loops/${[loop.connection, loop.project, loop.name].map(encodeURIComponent).join('/')}`;
}
