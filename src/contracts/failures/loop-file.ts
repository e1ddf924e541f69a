import { entry } from './entry.ts';

/** Failures of maskloop.yaml and of what is made of it. */
export const LOOP_FILE_FAILURES = {
  InvalidLoopFile: entry(
    'refused',
    'The file of a loop cannot be used.',
    'Correct the named lines; docs/maskloop-yaml.md describes every key, and `maskloop loop check FILE` looks again.',
  ),
  LoopFileExists: entry(
    'refused',
    'There is a maskloop.yaml already.',
    'Move it away, or name another folder with --dir.',
  ),
  InvalidLoopPolicy: entry(
    'attention',
    'What a loop is to do is stored in a form that cannot be read.',
    'Bring worker and command line to the same release, then give the loop its maskloop.yaml again with `maskloop loop edit`.',
  ),
};
