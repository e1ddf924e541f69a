import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readFrameSearch, writeFrameSearch, type FrameSearch } from './frame-search.ts';

/** What the address says of frames, and a way to change it that leaves no trace in the browser's history. */
export function useFrameSearch(): readonly [FrameSearch, (change: Partial<FrameSearch>) => void] {
  const [params, setParams] = useSearchParams();
  const search = useMemo(() => readFrameSearch(params), [params]);
  const change = useCallback(
    (part: Partial<FrameSearch>) =>
      setParams((before) => writeFrameSearch(before, { ...readFrameSearch(before), ...part }), { replace: true }),
    [setParams],
  );
  return [search, change];
}
