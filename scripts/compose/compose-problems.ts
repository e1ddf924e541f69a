import { z } from 'zod';

const serviceSchema = z.looseObject({
  image: z.string().optional(),
  restart: z.string().optional(),
  healthcheck: z.unknown().optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
  ports: z.array(z.string()).default([]),
  command: z.union([z.string(), z.array(z.string()), z.null()]).optional(),
  hostname: z.string().optional(),
});

/** What the rules look at in a compose file that its schema has found sound. */
export const composeFile = z.looseObject({ services: z.record(z.string(), serviceSchema) });

const PINNED = /:\d[\w.-]*$/;
const SECRET = /PASSWORD|PASSWD|PWD|TOKEN|SECRET/;

/**
 * Where a compose file breaks our rules: images have a release, what goes on running is watched, secrets come from files, no port is
 * open to other machines, and a worker is called alike after it was made anew.
 *
 * @returns a line for each; a service without `image` is one of an overlay, of which only what it says is judged
 */
export function composeProblems(file: z.output<typeof composeFile>): readonly string[] {
  return Object.entries(file.services).flatMap(([name, service]) => {
    const said = (problem: string): string => `service ${name}: ${problem}`;
    const { image, environment, ports } = service;
    const plain = Object.keys(environment).filter((key) => SECRET.test(key) && !key.endsWith('_FILE'));
    const endsByItself = service.restart?.startsWith('on-failure') === true;
    return [
      ...(image !== undefined && !PINNED.test(image) ? [said(`image ${image} names no release`)] : []),
      ...(image !== undefined && !endsByItself && service.healthcheck === undefined
        ? [said('has no healthcheck')]
        : []),
      ...plain.map((key) => said(`${key} holds a secret; name a file in ${key}_FILE`)),
      ...(isWorker(service) && service.hostname === undefined
        ? [said('has no hostname: a training of it is not known after the container was made anew')]
        : []),
      ...ports.filter((port) => !port.startsWith('127.0.0.1:')).map((port) => said(`port ${port} is open to others`)),
    ];
  });
}

function isWorker({ command }: z.output<typeof serviceSchema>): boolean {
  const [first] = typeof command === 'string' ? command.split(' ') : (command ?? []);
  return first === 'worker';
}
