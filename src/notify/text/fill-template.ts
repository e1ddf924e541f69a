import { PLACEHOLDERS, type Placeholder, type Values } from './placeholders.ts';

const PLACEHOLDER = /\{([a-z]+)\}/g;

function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(PLACEHOLDERS, name);
}

/** Names between braces, in their order, each once. */
export function namesIn(template: string): readonly string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

function filled(line: string, values: Values): string {
  return line.replaceAll(PLACEHOLDER, (whole, name: string) => (isPlaceholder(name) ? (values[name] ?? '') : whole));
}

/** Puts values into a template. A line all of whose placeholders are empty is left out; values are never filled again. */
export function fillTemplate(template: string, values: Values): string {
  const lines = template.split('\n').flatMap((line) => {
    const names = namesIn(line).filter(isPlaceholder);
    const isEmpty = names.length > 0 && names.every((name) => (values[name] ?? '') === '');
    return isEmpty ? [] : [filled(line, values)];
  });
  return lines.join('\n');
}
