import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readFrameSearch, writeFrameSearch, type FrameSearch } from './frame-search.ts';

/** Changes what the address says: to this, or from what it says at that moment, which may be newer than what is shown. */
export type ChangeSearch = (change: Partial<FrameSearch> | ((before: FrameSearch) => Partial<FrameSearch>)) => void;

/** What the address says of frames, and a way to change it that leaves no trace in the browser's history. */
export function useFrameSearch(): readonly [FrameSearch, ChangeSearch] {
  const [params, setParams] = useSearchParams();
  const search = useMemo(() => readFrameSearch(params), [params]);
  const change = useCallback<ChangeSearch>(
    (wanted) => {
      // The router tells what was shown last; two keys in a row need what the first has made of it.
      const address = new URLSearchParams(window.location.search);
      const before = readFrameSearch(address);
      const part = typeof wanted === 'function' ? wanted(before) : wanted;
      setParams(writeFrameSearch(address, { ...before, ...part }), { replace: true });
    },
    [setParams],
  );
  return [search, change];
}
