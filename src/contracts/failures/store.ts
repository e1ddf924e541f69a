import { entry } from './entry.ts';

/** Failures of the artifact store. */
export const STORE_FAILURES = {
  StoreUnreachable: entry(
    'outage',
    'The artifact store does not answer.',
    'Nothing: it is tried again. If it lasts, check MASKLOOP_STORE.',
  ),
  ArtifactMissing: entry(
    'attention',
    'An artifact is not in the store.',
    'If it is a file of a folder that was put there, `maskloop put` the same folder again, then retry. Else restore the store, or start the iteration again.',
  ),
  ArtifactCorrupt: entry(
    'attention',
    'An artifact does not match its hash.',
    'If it is a file of a folder that was put there, `maskloop put` the same folder again, which mends it, then retry. Else restore it from a backup, or start the iteration again.',
  ),
  EmptyFolder: entry(
    'refused',
    'The folder to be put into the store holds no file.',
    'Name the folder that holds them.',
  ),
  InvalidFileList: entry(
    'attention',
    'A document of the store is no list of files that may be used as a folder.',
    'Pass the address that maskloop put has printed, or put the folder into the store again.',
  ),
  ForeignFolder: entry(
    'refused',
    'The folder for a dataset holds something else.',
    'Choose an empty folder, or one that a dataset of the same project was written into.',
  ),
};
