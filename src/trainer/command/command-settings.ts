/** A program that trains and predicts, and the folder that it shares with the worker. */
export interface CommandSettings {
  /** The program and its first arguments. */
  readonly command: readonly string[];
  /** Absolute path. */
  readonly folder: string;
  /** Environment that the program gets; nothing else of the worker's. */
  readonly environment: NodeJS.ProcessEnv;
  /** What it can train, by name: label name → value in masks, from 1. */
  readonly models: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
