import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { createArmedRules } from './armed-rules.ts';
import { commitFault } from './commit-fault.ts';
import type { FaultEntry, FaultRule } from './fault.ts';
import { createConnections } from './connections.ts';
import { createHeldDeliveries } from './held-deliveries.ts';
import { createLastAnswers } from './last-answers.ts';
import { listen } from './listener.ts';

export interface FaultsOptions {
  /** `http(s)://host[:port]` of the server behind. */
  readonly target: string;
  /** Decides what happens with a probability; 1 if left out. */
  readonly seed?: number;
  /** A free one if left out. */
  readonly port?: number;
}

export interface FaultHandle {
  /** Number of requests that the rule has hit. */
  readonly hits: number;
  /** Takes the rule back; resolves when a refused port listens again. */
  remove(): Promise<void>;
}

/** A layer of faults at work. */
export interface Faults {
  /** `http://127.0.0.1:PORT`, to be used instead of the target's address. */
  readonly url: string;
  /** Every request in the order of arrival. Refused connections never arrive. */
  readonly log: readonly FaultEntry[];
  /** @throws RangeError if count, after or probability make no sense */
  add(rule: FaultRule): FaultHandle;
  /** Takes all rules back. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a layer on 127.0.0.1 that forwards to a server and, by rules, lets go wrong what goes wrong in networks. It knows
 * nothing of the server, so it stands before a stand-in, a real server or a receiver of webhooks alike. Without rules it
 * changes nothing: Host, header order, encodings and closed connections pass as they are. Bodies are held whole in memory.
 *
 * @throws the socket's error (`EADDRINUSE`) if the port is taken
 */
export async function startFaults(options: FaultsOptions): Promise<Faults> {
  const rules = createArmedRules(options.seed ?? 1);
  const log: FaultEntry[] = [];
  const layer = { held: createHeldDeliveries(), last: createLastAnswers() };
  const upstreamOf = createConnections(new URL(options.target));
  const server = http.createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    void answer(request, response);
  });
  const listener = await listen(server, options.port ?? 0);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const asked = { method: request.method ?? 'GET', target: request.url ?? '/' };
    const { hit, skewMs } = rules.draw(asked);
    const rule = hit !== null && hit.fault.kind === 'reorder' && layer.held.holds(hit) ? null : hit;
    log.push({ ...asked, fault: rule?.fault.kind ?? (skewMs === 0 ? null : 'clock-skew') });
    try {
      if (rule?.fault.kind === 'refuse') goDown(rule, rule.fault.forMs);
      else await commitFault({ request, response, upstream: upstreamOf(request, response), rule, skewMs }, layer);
    } catch {
      // The server is really away or has cut its answer, or the client left.
      socket.resetAndDestroy();
    }
  }

  function goDown(rule: FaultRule, forMs: number | undefined): void {
    listener.down(rule);
    if (forMs !== undefined) setTimeout(() => void listener.up(rule), forMs).unref();
  }

  return {
    url: `http://127.0.0.1:${listener.port}`,
    log,
    add(rule) {
      const armed = rules.add(rule);
      if (rule.fault.kind === 'refuse' && rule.method === undefined && rule.path === undefined) {
        goDown(rule, rule.fault.forMs);
      }
      return {
        get hits() {
          return armed.hits;
        },
        async remove() {
          rules.remove(armed);
          await listener.up(rule);
        },
      };
    },
    async clear() {
      await Promise.all(rules.clear().map(({ rule }) => listener.up(rule)));
    },
    async close() {
      layer.held.close();
      await listener.close();
    },
  };
}
