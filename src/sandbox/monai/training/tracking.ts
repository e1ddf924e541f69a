import { dirname, join } from 'node:path';
import { PythonError } from './log-lines.ts';

/**
 * Fails as a tracked run does: the current release of the tracking library refuses the folder that the server gives it
 * by default.
 *
 * @param isDefault whether runs are tracked unless they say otherwise
 * @throws PythonError for a run that would be tracked in a folder
 */
export function refuseFileTracking(
  request: Readonly<Record<string, unknown>>,
  isDefault: boolean,
  modelPath: string,
): void {
  const asked = request['tracking'] ?? (isDefault ? 'mlflow' : 'None');
  const tracking: unknown = Array.isArray(asked) ? asked[0] : asked;
  if (tracking !== 'mlflow') return;
  const given = request['tracking_uri'];
  const uri = typeof given === 'string' && given !== '' ? given : `file://${join(dirname(modelPath), 'mlruns')}`;
  if (!uri.startsWith('file:')) return;
  throw new PythonError(
    'ValueError',
    `MLflow no longer supports the filesystem (file store) tracking backend; got tracking_uri='${uri}'. Use a SQLite ` +
      'URI (sqlite:///<path>/mlruns.db) or a remote tracking URI instead.',
  );
}
