import type { Client } from '@temporalio/client';
import { fine, problem, problemOf, warning } from '../checks/finding.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { Finding } from '../contracts/doctor.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { readPollers } from './pollers.ts';
import { checkSearchAttributes, ensureSearchAttributes } from './search-attributes.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** Namespace, search attributes and pollers of a Temporal that answers. `fix` registers what is missing. */
export async function inspectTemporal(client: Client, address: string, fix: boolean): Promise<readonly Finding[]> {
  const { namespace } = client.options;
  try {
    await mapTemporalErrors({ address }, () => client.workflowService.describeNamespace({ namespace }));
  } catch (error) {
    return [problemOf(error)];
  }
  const reached = fine(`Temporal at ${address}, namespace ${namespace}`);
  return [reached, ...(await attributeFindings(client, fix)), ...(await pollerFindings(client))];
}

async function attributeFindings(client: Client, fix: boolean): Promise<readonly Finding[]> {
  const temporal = { connection: client.connection, namespace: client.options.namespace };
  try {
    const registered = fix ? await ensureSearchAttributes(temporal) : [];
    if (registered.length > 0) return [fine(`registered the search attributes ${registered.join(', ')}`)];
    await checkSearchAttributes(temporal);
    return [fine('all search attributes are registered')];
  } catch (error) {
    if (!isMaskloopError(error, 'SearchAttributesMissing') || fix) return [problemOf(error)];
    const missing = error.facts['missing'];
    const names = Array.isArray(missing) ? missing.join(', ') : '';
    return [problem(`the search attributes ${names} are not registered`, 'Register them: maskloop doctor --fix')];
  }
}

async function pollerFindings(client: Client): Promise<readonly Finding[]> {
  const { workflow, activity, lastSeen } = await readPollers(client);
  const queue = `task queue ${TASK_QUEUES.iterations}`;
  if (workflow.length === 0) {
    const seen = lastSeen === null ? '' : ` (the last one asked at ${lastSeen})`;
    return [problem(`no worker asks for work on the ${queue}${seen}`, 'Start one: maskloop worker, or maskloop up.')];
  }
  const workers = workflow.length === 1 ? '1 worker asks' : `${workflow.length} workers ask`;
  const found = fine(`${workers} for work on the ${queue}: ${workflow.join(', ')}`);
  if (activity.length > 0) return [found];
  return [found, warning('no worker takes activities', 'Look at the log of the worker, or start another one.')];
}
