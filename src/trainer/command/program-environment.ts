/** What maskloop and Temporal's client read: addresses and secrets of servers, which are no business of the program. */
const OURS = /^(CVAT|MASKLOOP|MONAI_LABEL|TEMPORAL)_/i;

/** The environment of a program that trains: that of the worker without the settings of maskloop, by the names' beginnings. */
export function programEnvironment(env: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)));
}
