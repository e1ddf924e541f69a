import type { ConnectionLike } from '@temporalio/client';
import { MaskloopError } from '../contracts/error.ts';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** The types we use: their number in Temporal's `IndexedValueType`, and their name in its command line. */
const TYPES = {
  KEYWORD: { value: 2, cli: 'Keyword' },
  INT: { value: 3, cli: 'Int' },
  DATETIME: { value: 6, cli: 'Datetime' },
} as const;

/** What asks Temporal's operator service; a client's and a worker's connection both can. */
export interface OperatorConnection {
  readonly connection: Pick<ConnectionLike, 'operatorService'>;
  readonly namespace: string;
}

interface MissingAttribute {
  readonly name: string;
  readonly type: keyof typeof TYPES;
}

/** The search attributes of maskloop that the namespace lacks or has with another type. */
export async function missingSearchAttributes(temporal: OperatorConnection): Promise<readonly MissingAttribute[]> {
  const { connection, namespace } = temporal;
  const answer = await mapTemporalErrors({}, () => connection.operatorService.listSearchAttributes({ namespace }));
  return Object.values(SEARCH_ATTRIBUTES).filter(
    ({ name, type }) => Number(answer.customAttributes[name]) !== TYPES[type].value,
  );
}

/**
 * Checks that an iteration can be indexed: an upsert of an attribute that is not registered hangs it silently.
 *
 * @throws MaskloopError `SearchAttributesMissing` with the commands that register them
 */
export async function checkSearchAttributes(temporal: OperatorConnection): Promise<void> {
  const missing = await missingSearchAttributes(temporal);
  if (missing.length === 0) return;
  const commands = missing.map(({ name, type }) => {
    const where = temporal.namespace === 'default' ? '' : ` --namespace ${temporal.namespace}`;
    return `temporal operator search-attribute create${where} --name ${name} --type ${TYPES[type].cli}`;
  });
  throw new MaskloopError(
    'SearchAttributesMissing',
    `The namespace ${temporal.namespace} lacks ${missing.map(({ name }) => name).join(', ')}. Register with:\n${commands.map((command) => `  ${command}`).join('\n')}`,
    { facts: { namespace: temporal.namespace, missing: missing.map(({ name }) => name), commands } },
  );
}

/**
 * Registers what is missing. Two callers at once do not disturb each other.
 *
 * @returns names of the attributes that were registered by this call
 * @throws MaskloopError `SearchAttributesMissing` if they are still missing afterwards
 */
export async function ensureSearchAttributes(temporal: OperatorConnection): Promise<readonly string[]> {
  const missing = await missingSearchAttributes(temporal);
  if (missing.length === 0) return [];
  const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, TYPES[type].value]));
  try {
    await temporal.connection.operatorService.addSearchAttributes({ namespace: temporal.namespace, searchAttributes });
  } catch {
    // Somebody else may have registered them in the meantime; the check below decides.
  }
  await checkSearchAttributes(temporal);
  return missing.map(({ name }) => name);
}
