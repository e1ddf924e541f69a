/**
 * How the program is called again, from the path of the script that runs: `maskloop` where it is installed for all, else
 * `npx maskloop`, which finds it in a checkout and in a project's own packages.
 */
export function programName(script: string | undefined): string {
  const parts = (script ?? '').split(/[/\\]/);
  const inCheckout = /^cli\.[jt]s$/.test(parts.at(-1) ?? '') && !parts.includes('node_modules');
  return inCheckout || parts.includes('.bin') ? 'npx maskloop' : 'maskloop';
}
