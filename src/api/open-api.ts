import { z } from 'zod';
import { noBody } from './define.ts';
import { API_PREFIX, type Endpoint } from './endpoint.ts';
import { problem, PROBLEM_TYPE } from './schemas/problem.ts';

type Json = Readonly<Record<string, unknown>>;

/** What every endpoint may answer instead; `problem.code` says more. */
const PROBLEMS = {
  '400': 'The request is not made as it should be.',
  '401': 'Nobody known asks.',
  '403': 'The caller may not do this.',
  '404': 'There is no such thing, or it is of a connection that the caller does not see.',
  '409': 'It cannot be done as things are.',
  '503': 'Temporal, a worker, the store or another server does not answer.',
} as const;

/**
 * The OpenAPI 3.1 document of endpoints, made of their schemas.
 *
 * @param version of the package
 */
export function openApi(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    (paths[API_PREFIX + endpoint.path] ??= {})[endpoint.method.toLowerCase()] = operation(endpoint);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'maskloop', version, description: 'Iterations, models, schedules and files; see docs/api.md.' },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'a token of the server, or a JWT of its issuer' },
        session: { type: 'apiKey', in: 'cookie', name: 'maskloop_session', description: 'of a login' },
      },
    },
    security: [{ token: [] }, { session: [] }],
  };
}

function operation(endpoint: Endpoint): Json {
  const { id, summary, tag, role, body, consumes } = endpoint;
  return {
    operationId: id,
    summary,
    tags: [tag],
    description: role === null ? 'For everybody.' : `For the role ${role} and those above it.`,
    'x-role': role,
    'x-reach': endpoint.reach,
    ...(role === null ? { security: [] } : {}),
    parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
    ...(body === noBody
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              [consumes ?? 'application/json']: consumes === undefined ? { schema: schemaOf(body, 'input') } : {},
            },
          },
        }),
    responses: { ...success(endpoint), ...problems() },
  };
}

function success({ answer, produces, summary }: Endpoint): Json {
  if (answer === null) return { '204': { description: 'Done.' } };
  const type = produces ?? 'application/json';
  const content = produces === undefined ? { schema: schemaOf(answer, 'output') } : {};
  return { '200': { description: summary, content: { [type]: content } } };
}

function problems(): Json {
  const schema = { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, description]) => [
      status,
      { description, content: { [PROBLEM_TYPE]: { schema } } },
    ]),
  );
}

/** The properties of an object schema, as parameters. */
function parameters(schema: z.ZodType, where: 'path' | 'query'): readonly Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: property,
  }));
}

/** Parts that JSON Schema cannot say are left open. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
