import type { FastifyRequest } from 'fastify';
import { splitTarget } from '../../request-log.ts';
import { missing, unprocessable } from './http-answer.ts';

/** Reads query parameters and answers 422 where the server's own validation would. */
export interface Query {
  /** The value, or null if the parameter is absent. */
  optional(name: string): string | null;
  required(name: string): string;
  flag(name: string, fallback?: boolean): boolean;
  integer(name: string, fallback: number): number;
  oneOf<T extends string>(name: string, choices: readonly T[], fallback: T): T;
}

export function readQuery(request: FastifyRequest): Query {
  const values = new URLSearchParams(splitTarget(request.url).query);
  const required = (name: string): string => {
    const value = values.get(name);
    if (value === null) throw missing('query', name);
    return value;
  };
  const flag = (name: string, fallback = false): boolean => {
    const value = values.get(name);
    if (value === null) return fallback;
    if (/^(0|false|f|no|n|off)$/i.test(value)) return false;
    if (/^(1|true|t|yes|y|on)$/i.test(value)) return true;
    const msg = 'Input should be a valid boolean, unable to interpret input';
    throw unprocessable({ type: 'bool_parsing', loc: ['query', name], msg, input: value });
  };
  const integer = (name: string, fallback: number): number => {
    const value = values.get(name);
    if (value === null) return fallback;
    if (/^[+-]?\d+$/.test(value)) return Number(value);
    const msg = 'Input should be a valid integer, unable to parse string as an integer';
    throw unprocessable({ type: 'int_parsing', loc: ['query', name], msg, input: value });
  };
  const oneOf = <T extends string>(name: string, choices: readonly T[], fallback: T): T => {
    const value = values.get(name);
    if (value === null) return fallback;
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    const quoted = choices.map((candidate) => `'${candidate}'`);
    const expected = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
    const msg = `Input should be ${expected}`;
    throw unprocessable({ type: 'enum', loc: ['query', name], msg, input: value, ctx: { expected } });
  };
  return { optional: (name) => values.get(name), required, flag, integer, oneOf };
}
