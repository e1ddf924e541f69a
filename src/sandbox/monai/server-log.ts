import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { loggerLine } from './training/log-lines.ts';

/** The server's own log, a file that outlives the server. */
export class ServerLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
  }

  write(logger: string, text: string): void {
    appendFileSync(this.#path, `${loggerLine(logger, text)}\n`);
  }

  /** The last lines, each with its end; the whole file for 0. */
  tail(lines: number): string {
    if (!existsSync(this.#path)) return '';
    const text = readFileSync(this.#path, 'utf8');
    return lines <= 0
      ? text
      : text
          .split(/(?<=\n)/)
          .slice(-lines)
          .join('');
  }
}
