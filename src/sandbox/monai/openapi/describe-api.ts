import { AUTH_PATHS, PATHS } from './paths.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: object;
}

/** The server's description of itself without its prose and schemas: paths, methods and parameters. */
export function describeApi(hasLogins: boolean): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of hasLogins ? [...AUTH_PATHS, ...PATHS] : PATHS) {
    const [method = '', path = '', ...names] = route.split(' ');
    const needsToken = !hasLogins && !path.startsWith('/auth/');
    const parameters = [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => parameter(name, 'path', true)),
      ...names.map((name) => parameter(name.replace('!', ''), 'query', name.endsWith('!'))),
      ...(needsToken ? [parameter('token', 'query', false)] : []),
    ];
    const responses = { 200: { description: 'Successful Response' } };
    paths[path] = { ...paths[path], [method.toLowerCase()]: { parameters, responses } };
  }
  return { openapi: '3.1.0', info: { title: 'MONAILabel', version: '0.1.0' }, paths };
}

function parameter(name: string, place: Parameter['in'], required: boolean): Parameter {
  return { name, in: place, required, schema: {} };
}
