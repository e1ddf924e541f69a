import type { Connection } from '../activities/dependencies.ts';
import type { ConnectionConfig, Connections } from '../config/connections.ts';
import { MaskloopError } from '../contracts/error.ts';
import { createCvat } from '../cvat/client.ts';
import type { HeldServer } from '../contracts/hold.ts';
import { holdGate, type HoldGate } from '../holds/hold-gate.ts';
import { createMonaiLabel } from '../monai/client.ts';
import type { MonaiLabel } from '../monai/monai.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { commandTrainer } from '../trainer/command-trainer.ts';
import { programEnvironment } from '../trainer/command/program-environment.ts';
import { monaiTrainer } from '../trainer/monai-trainer.ts';
import type { Trainer } from '../trainer/trainer.ts';

/** The clients of one process, made for each connection when it is first used and shared from then on. */
export interface ConnectionClients {
  readonly names: readonly string[];
  /** @throws MaskloopError `ConnectionUnknown`, naming those that are known */
  readonly connect: (name: string) => Connection;
}

/** Clients of the configured connections: with each come its kept sockets, its one login and its pace of uploads. @param env of this process, for programs that train; left out where none is run. @param store has the holds of servers; null where none counts */
export function connectionClients(
  connections: Connections,
  env: NodeJS.ProcessEnv = {},
  store: Pick<ArtifactStore, 'getNamed'> | null = null,
): ConnectionClients {
  const made = new Map<string, Connection>();
  const names = [...connections.keys()];
  return {
    names,
    connect: (name) => {
      const config = connections.get(name);
      if (config === undefined) throw unknownConnection(name, names);
      const connection =
        made.get(name) ??
        clientsOf(config, env, (server) =>
          store === null ? undefined : holdGate(store, { connection: name, server }),
        );
      made.set(name, connection);
      return connection;
    },
  };
}

function clientsOf(
  { cvat, monai, trainer }: ConnectionConfig,
  env: NodeJS.ProcessEnv,
  gateOf: (server: HeldServer) => HoldGate | undefined,
): Connection {
  const gated = (server: HeldServer) => {
    const gate = gateOf(server);
    return gate === undefined ? {} : { gate };
  };
  const client = monai === null ? null : createMonaiLabel({ ...monai, ...gated('monai') });
  return { cvat: createCvat({ ...cvat, ...gated('cvat') }), monai: client, trainer: trainerOf(trainer, client, env) };
}

function trainerOf(
  program: ConnectionConfig['trainer'],
  monai: MonaiLabel | null,
  env: NodeJS.ProcessEnv,
): Trainer | null {
  if (program !== null) return commandTrainer({ ...program, environment: programEnvironment(env) });
  return monai === null ? null : monaiTrainer(monai);
}

function unknownConnection(name: string, known: readonly string[]): MaskloopError {
  const message = `This worker has no connection named "${name}"; it has ${known.join(', ')}.`;
  return new MaskloopError('ConnectionUnknown', message, { facts: { connection: name, known: [...known] } });
}
