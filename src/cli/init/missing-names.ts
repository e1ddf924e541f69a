/** Names that only one of two has, in words; nothing where both have the same. */
export function missingNames(labels: readonly string[], known: readonly string[]): readonly string[] {
  const untrained = labels.filter((name) => !known.includes(name));
  const undrawn = known.filter((name) => !labels.includes(name));
  return [
    ...(untrained.length === 0 ? [] : [`the model does not know ${untrained.join(', ')}`]),
    ...(undrawn.length === 0 ? [] : [`the project has no label ${undrawn.join(', ')}`]),
  ];
}
