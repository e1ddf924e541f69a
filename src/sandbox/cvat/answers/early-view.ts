import type { CvatState } from '../state/cvat-state.ts';
import type { BackgroundRequest } from '../state/entities.ts';

/** The state in which each request was last seen. */
const seen = new WeakMap<BackgroundRequest, string>();

/**
 * A request as somebody sees it who looks at the very moment at which its state changes: `started` without a date in
 * 2.54.1, `finished` without one in both, `failed` with a whole traceback. The second look shows all there is.
 */
export function earlyView(state: CvatState, request: BackgroundRequest, view: object): object {
  const isFirstLook = seen.get(request) !== request.status;
  seen.set(request, request.status);
  if (!isFirstLook || state.random.next() >= state.requestRaces) return view;
  switch (request.status) {
    case 'started':
      return state.version === '2.54.1' ? { ...view, started_date: null } : view;
    case 'finished':
      return { ...view, started_date: request.firstStarted, finished_date: null, expiry_date: null };
    case 'failed':
      return { ...view, message: `${TRACEBACK}${request.message}` };
    default:
      return view;
  }
}

const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "/home/django/cvat/worker.py", line 1, in perform',
  '    result = self.execute()',
  '',
].join('\n');
