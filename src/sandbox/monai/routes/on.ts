import type { FastifyInstance, RouteHandlerMethod } from 'fastify';

type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';

/** Adds a route, written as `PUT /datastore/image`; `:name` stands for one part of the path. */
export function on(app: FastifyInstance, route: `${Method} /${string}`, handler: RouteHandlerMethod): void {
  const [method = '', url = ''] = route.split(' ');
  app.route({ method, url, handler });
}
