#!/usr/bin/env node
import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { ThroughServer } from './api-client/through-server.ts';
import type { CliContext, Output } from './cli/context.ts';
import type { StoreDocuments } from './cli/store-documents.ts';
import { runCli } from './cli/run-cli.ts';
import {
  loadClientConfig,
  loadConnectionNames,
  loadRemoteConfig,
  loadWorkerConfig,
  type ClientConfig,
} from './config.ts';
import { packageVersion } from './config/package-version.ts';
import { schemaFile } from './config/schema-file.ts';
import { stateFolder } from './config/store.ts';
import type { ArtifactStore } from './storage/store.ts';

// Parts are imported when they are used: `maskloop convert` should not wait for Temporal's native module.

function outputTo(stream: NodeJS.WriteStream): Output {
  const colours = stream.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  return { isTTY: stream.isTTY, colours, write: (text) => void stream.write(text) };
}

function userName(): string {
  const { USER, LOGNAME } = process.env;
  if (USER !== undefined && USER !== '') return USER;
  if (LOGNAME !== undefined && LOGNAME !== '') return LOGNAME;
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry, as in some containers.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}

/** The first Ctrl-C asks for an orderly end; the second one does not wait for it. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

const clientConfig = (): ClientConfig => loadClientConfig(process.env);

/** The store, and the finished iteration that is meant; Temporal is not asked. */
async function finishedIteration(given: string | undefined): Promise<{ store: ArtifactStore; id: string }> {
  const { finishedIds } = await import('./receipts/read-receipt.ts');
  const { resolveId } = await import('./operations/resolve-id.ts');
  const store = await ownStore();
  return { store, id: resolveId(given, await finishedIds(store), 'finished') };
}

/** The server of MASKLOOP_URL; null where commands talk to Temporal and the store. */
async function server(): Promise<ThroughServer | null> {
  const remote = loadRemoteConfig(process.env);
  if (remote === null) return null;
  const { throughServer } = await import('./api-client/through-server.ts');
  return throughServer({ ...remote, user: userName() });
}

/** The store of the settings. @throws MaskloopError `InvalidConfiguration` */
async function ownStore() {
  return (await import('./storage/open-store.ts')).openStore(clientConfig().store);
}

/** Through the server where one is named, else those of the store of the settings. */
async function documents(): Promise<StoreDocuments> {
  const { storeDocuments } = await import('./cli/store-documents.ts');
  return (await server()) ?? storeDocuments(await ownStore());
}

const context: CliContext = {
  version: packageVersion(),
  stdout: outputTo(process.stdout),
  stderr: outputTo(process.stderr),
  interrupted: interruption(),
  user: userName(),
  schemaFile: schemaFile(),
  stateFolder: stateFolder(process.env),
  now: () => new Date(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),

  parseCategories: async (text, where) => (await import('./coco/categories.ts')).parseCategories(text, where),
  labelColours: async (text, where, options) =>
    (await import('./coco/label-colours.ts')).labelColours(text, where, options),
  masksToCoco: async (request) => (await import('./coco/convert-folder.ts')).convertFolder(request),
  compareDatasets: async ({ a, b, ...options }) => {
    const { readDataset } = await import('./coco/dataset/read-dataset.ts');
    const { compareDatasets } = await import('./coco/dataset/compare-datasets.ts');
    return compareDatasets(await readDataset(a, options.signal), await readDataset(b, options.signal), options);
  },
  decodeDataset: async ({ document, labelMap, rules, ...options }) => {
    const { readDataset } = await import('./coco/dataset/read-dataset.ts');
    const { decodeDataset } = await import('./coco/decode/decode-dataset.ts');
    const { labelColours } = await import('./coco/label-colours.ts');
    const dataset = await readDataset(document, options.signal);
    if (labelMap === null) return decodeDataset(dataset, { ...options, rules });
    // Labels of the map that the document does not know are no mistake: nothing is painted in their colour.
    const named = { categories: dataset.categories, unknown: 'skip' } as const;
    return decodeDataset(dataset, { ...options, colours: labelColours(labelMap.text, labelMap.where, named) });
  },
  describeFolder: async (given, options) => {
    const remote = await server();
    if (remote !== null) return remote.describeFolder(given, options);
    const { describeGiven } = await import('./storage/given-folder.ts');
    const { openStore } = await import('./storage/open-store.ts');
    return describeGiven(() => openStore(clientConfig().store), given, options);
  },
  putFolder: async (dir, options) => {
    const remote = await server();
    if (remote !== null) return remote.putFolder(dir, options);
    return (await import('./storage/put-folder.ts')).putFolder(await ownStore(), dir, options);
  },
  putArtifact: async (content) => {
    const remote = await server();
    if (remote !== null) return remote.putArtifact(content);
    return (await ownStore()).put(content);
  },

  collectTask: async ({ id, labels, via, connection, dir, ...request }) => {
    const remote = await server();
    if (remote !== null) {
      const of = id === null ? { connection, task: request.taskId } : { id };
      const categories = request.categories?.map((category) => ({ id: category.id, name: category.name })) ?? null;
      return remote.collect({ of, via, categories }, { dir, signal: request.signal });
    }
    const { writeLabels } = await import('./collect/write-labels.ts');
    const store = await ownStore();
    if (via === 'native' && labels !== null) {
      await writeLabels(store, labels, dir);
      return { native: labels, exported: null };
    }
    const config = loadWorkerConfig(process.env);
    const { connectionClients } = await import('./worker/connections.ts');
    const { cvat } = connectionClients(config.connections, {}, store).connect(connection);
    const task = { ...request, cvat, store };
    if (via === 'native') {
      const { collectTask } = await import('./collect/collect-task.ts');
      const native = await collectTask(task);
      await writeLabels(store, native, dir);
      return { native, exported: null };
    }
    const { collectExports } = await import('./collect/collect-exports.ts');
    const { openLabelFolder } = await import('./collect/label-folder.ts');
    return { native: null, exported: await collectExports(task, openLabelFolder(dir)) };
  },

  verifyReceipt: async ({ given, ...options }) => {
    const remote = await server();
    if (remote !== null) return remote.verifyReceipt(given, options.signal);
    const { verifyReceipt } = await import('./receipts/verify/verify-receipt.ts');
    const { store, id } = await finishedIteration(given);
    return verifyReceipt(store, id, options);
  },
  receiptPage: async (given) => {
    const remote = await server();
    if (remote !== null) return remote.receiptPage(given);
    const { readPage } = await import('./receipts/page/read-page.ts');
    const { renderPage } = await import('./receipts/page/render-page.ts');
    const { store, id } = await finishedIteration(given);
    return renderPage(await readPage(store, id));
  },
  writeDataset: async (request) => {
    const { writeDataset } = await import('./dataset/write-dataset.ts');
    const remote = await server();
    if (remote !== null) return writeDataset(remote.dataset(request.signal), request);
    const { storeSource } = await import('./dataset/store-source.ts');
    return writeDataset(storeSource(await ownStore()), request);
  },

  listNotices: async (which) => (await documents()).listNotices(which),
  markNoticesSeen: async (keys) => (await documents()).markNoticesSeen(keys),
  snooze: async (id, snooze) => (await documents()).snooze(id, snooze),
  listNotes: async (id) => (await documents()).listNotes(id),
  addNote: async (note) => (await documents()).addNote(note),
  listHolds: async () => (await documents()).listHolds(),
  hold: async (hold) => (await documents()).hold(hold),
  endHold: async (place) => (await documents()).endHold(place),

  connect: async () => {
    const remote = await server();
    if (remote !== null) return { operations: remote.operations, close: async () => undefined };
    const { connectTemporal } = await import('./operations/connect.ts');
    const { createOperations } = await import('./operations/operations.ts');
    const { client, close } = await connectTemporal(clientConfig().temporal);
    return { operations: createOperations({ client, store: await ownStore() }), close };
  },

  inspect: async (request) => {
    const remote = await server();
    if (remote !== null) {
      const wanted = { ...request, connection: request.connections?.[0] ?? null };
      return [{ name: 'what the server sees', groups: remote.inspect(wanted) }];
    }
    const { inspect } = await import('./inspection/inspect.ts');
    const { bundleDigest } = await import('./worker/workflow-bundle.ts');
    return inspect({ ...request, env: process.env, version: packageVersion(), bundle: bundleDigest() });
  },

  surveyServers: async (request) => {
    const { surveyServers } = await import('./inspection/survey/survey-servers.ts');
    return surveyServers({ ...request, env: process.env });
  },
  surveyMasks: async (dir, most) => (await import('./coco/survey-masks.ts')).surveyMasks(dir, most),

  temporalNamespace: () => clientConfig().temporal.namespace,
  checkWorkerSettings: async () => void loadWorkerConfig(process.env),
  connectionNames: () => (loadRemoteConfig(process.env) === null ? loadConnectionNames(process.env) : null),
  runWorker: async ({ settings, signal, onReady }) => {
    const { runWorker } = await import('./worker.ts');
    const env = { ...process.env, ...settings };
    await runWorker({ env, signal, onReady: (facts) => onReady({ ...facts }) });
  },
  namesServerPort: () => (process.env['MASKLOOP_PORT'] ?? '') !== '',
  runServer: async ({ settings, signal, onReady }) => {
    const { runServer } = await import('./server.ts');
    await runServer({ env: { ...process.env, ...settings }, signal, onReady: (facts) => onReady({ ...facts }) });
  },
  findTemporal: async (onSlow) => {
    const { findTemporalBinary } = await import('./temporal-binaries/find-binary.ts');
    return findTemporalBinary('temporal', { env: process.env, onSlow });
  },
  prepareTemporal: async (address) => {
    const { prepareTemporal } = await import('./operations/prepare-temporal.ts');
    await prepareTemporal({ address, namespace: clientConfig().temporal.namespace });
  },
  simulate: async (request) => (await import('./simulate.ts')).simulate(request, process.env),
  startSandbox: async (request) => (await import('./sandbox.ts')).startSandbox(request),
};

process.exitCode = await runCli(process.argv.slice(2), context);
