/** `"a", "b" (but "B")`: names that are missing, each with those that come near. */
export function missingText(
  missing: readonly string[],
  near: Readonly<Record<string, readonly string[] | undefined>>,
): string {
  return missing
    .map((name) => {
      const others = near[name] ?? [];
      return others.length === 0 ? `"${name}"` : `"${name}" (but ${others.map((other) => `"${other}"`).join(', ')})`;
    })
    .join(', ');
}
