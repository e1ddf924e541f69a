import { checkWebhookSettings } from '../checks/webhook-settings.ts';
import { webhookFindings } from '../checks/check-webhooks.ts';
import { problemOf } from '../checks/finding.ts';
import { unwantedWebhooks } from '../checks/unwanted-webhooks.ts';
import { lookAll } from '../checks/look.ts';
import { loadWebhookConfig, type ClientConfig } from '../config.ts';
import type { Connections } from '../config/connections.ts';
import type { Env } from '../config/variables.ts';
import type { Finding } from '../contracts/doctor.ts';
import { connectTemporal } from '../operations/connect.ts';
import { readInstallation } from '../operations/read-installation.ts';
import { connectionClients } from '../worker/connections.ts';
import type { Group } from './group.ts';

/** CVAT waits 13 s for the answer to a ping; in milliseconds. */
const LIMIT_MS = 25_000;

interface Wanted {
  readonly env: Env;
  /** Null for all connections. */
  readonly connections: readonly string[] | null;
  /** Null for none. */
  readonly project: string | null;
  readonly fix: boolean;
}

/** The webhooks of a project in the CVATs that are configured here. */
export async function inspectWebhooks(
  { temporal }: ClientConfig,
  connections: Connections,
  wanted: Wanted,
): Promise<readonly Group[]> {
  const { names, connect } = connectionClients(connections);
  const looked = names.filter((name) => wanted.connections?.includes(name) ?? true);
  if (looked.length === 0) return [];
  try {
    const { url, secrets } = loadWebhookConfig(wanted.env);
    const installation = await ourInstallation(temporal);
    return await Promise.all(
      looked.map(async (connection) => {
        const settings = { connection, url, secret: secrets.get(connection)?.read() ?? null, project: wanted.project };
        const usable = checkWebhookSettings(settings, installation);
        const { project, fix } = wanted;
        const look = async (signal: AbortSignal): Promise<readonly Finding[]> => {
          const { cvat } = connect(connection);
          if (!('findings' in usable)) return webhookFindings(cvat, { ...usable, fix }, signal);
          if (url !== null || project === null || installation === null) return usable.findings;
          return [...usable.findings, ...(await unwantedWebhooks(cvat, { project, installation, fix }, signal))];
        };
        return group(connection, await lookAll('CVAT', LIMIT_MS, [look]));
      }),
    );
  } catch (error) {
    return [{ title: 'Webhooks', findings: [problemOf(error)] }];
  }
}

function group(connection: string, findings: readonly Finding[]): Group {
  return { title: `Webhooks ${connection}`, findings, shownTo: [connection] };
}

async function ourInstallation(temporal: ClientConfig['temporal']): Promise<string | null> {
  const { client, close } = await connectTemporal(temporal);
  try {
    return await readInstallation({ connection: client.connection, namespace: temporal.namespace });
  } finally {
    await close();
  }
}
