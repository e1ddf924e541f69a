import { isMaskloopError } from '../../contracts/error.ts';

interface ErrorParts {
  readonly code: string;
  readonly message: string;
  readonly action: string | null;
  readonly facts: object;
}

/**
 * The block that ends a failed command: what happened, and what to do.
 *
 * @param command what was typed of program and command, for wrong usage: `maskloop start`
 */
export function errorText(error: unknown, command = 'maskloop'): string {
  const { code, message, action } = parts(error, command);
  const lines = [`error ${code}: ${message}`, ...(action === null ? [] : [`what to do: ${action}`])];
  return `${lines.join('\n')}\n`;
}

/** The same for programs, as one line of JSON. */
export function errorJson(error: unknown, command = 'maskloop'): string {
  return `${JSON.stringify({ error: parts(error, command) })}\n`;
}

function parts(error: unknown, command: string): ErrorParts {
  if (isMaskloopError(error)) {
    return { code: error.code, message: error.message, action: error.action, facts: error.facts };
  }
  const message = messageOf(error);
  if (isUsage(error)) {
    return {
      code: 'WrongUsage',
      message: message.replace(/^error: /, ''),
      action: `See ${command} --help.`,
      facts: {},
    };
  }
  return { code: 'UnexpectedFailure', message, action: 'Report it: it is a defect of maskloop.', facts: {} };
}

function isUsage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('name' in error)) return false;
  return error.name === 'UsageError' || error.name === 'CommanderError' || error.name === 'InvalidArgumentError';
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
