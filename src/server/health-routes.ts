import type { FastifyInstance } from 'fastify';

/** An answer of Temporal counts for so long, in milliseconds, so that a probe costs it nothing. */
const FRESH_MS = 2000;

/** A probe does not wait longer for Temporal, in milliseconds. */
const PATIENCE_MS = 1000;

/** `/healthz`: this process lives. `/readyz`: Temporal answers as well, 503 if not. */
export function addHealthRoutes(app: FastifyInstance, temporalAnswers: () => Promise<unknown>): void {
  const isReady = cached(() => within(PATIENCE_MS, temporalAnswers), FRESH_MS);
  app.route({ method: 'GET', url: '/healthz', handler: async (_request, reply) => reply.send({ status: 'ok' }) });
  app.route({
    method: 'GET',
    url: '/readyz',
    handler: async (_request, reply) => {
      if (await isReady()) return reply.send({ status: 'ok' });
      return reply.code(503).send({ status: 'Temporal does not answer' });
    },
  });
}

function cached(ask: () => Promise<boolean>, forMs: number): () => Promise<boolean> {
  let answer: Promise<boolean> | null = null;
  let askedAt = -Infinity;
  return () => {
    if (answer !== null && performance.now() - askedAt < forMs) return answer;
    askedAt = performance.now();
    answer = ask();
    return answer;
  };
}

async function within(limitMs: number, ask: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const asked = ask().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
