import { MaskloopError } from '../contracts/error.ts';

/** Takes what is wrong with settings. */
export interface ProblemSink {
  /** Notes a problem. `problem` continues a sentence that begins with the name of the setting and never holds its value. */
  add(setting: string, problem: string): void;
}

/** Collects what is wrong with settings, so that all of it is reported at once. */
export class Problems implements ProblemSink {
  readonly #found: { setting: string; problem: string }[] = [];

  add(setting: string, problem: string): void {
    this.#found.push({ setting, problem });
  }

  /** @throws MaskloopError `InvalidConfiguration` if a problem was noted */
  throwIfAny(): void {
    if (this.#found.length === 0) return;
    const lines = this.#found.map(({ setting, problem }) => `${setting} ${problem}`);
    const count = lines.length === 1 ? 'One setting cannot' : `${lines.length} settings cannot`;
    throw new MaskloopError(
      'InvalidConfiguration',
      `${count} be used:\n${lines.map((line) => `  ${line}`).join('\n')}`,
      {
        facts: { problems: this.#found },
      },
    );
  }
}
