import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { splitTarget } from '../../request-log.ts';

/**
 * Answers what no route matches: 405 if the path exists for other methods, 307 to the same path with or without its
 * last slash if that exists, else 404. Call before the routes are added.
 */
export function answerUnmatched(app: FastifyInstance): void {
  const routes: { readonly path: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', (route) => {
    const pattern = route.url.replace(/:\w+/g, '[^/]+');
    routes.push({ path: new RegExp(`^${pattern}$`), methods: [route.method].flat() });
  });
  const find = (path: string) => routes.find((route) => route.path.test(path));

  app.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    const { path, query } = splitTarget(request.url);
    const known = find(path);
    if (known !== undefined) {
      return reply.code(405).header('allow', known.methods.join(', ')).send({ detail: 'Method Not Allowed' });
    }
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    if (find(other) === undefined) return reply.code(404).send({ detail: 'Not Found' });
    const location = `http://${request.headers.host ?? ''}${other}${query === '' ? '' : `?${query}`}`;
    return reply.code(307).header('location', location).send();
  });
}
