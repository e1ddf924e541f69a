type Heard = (activity: string) => void;

/**
 * Has `heard` told of each activity that works, before whoever waits for it goes on. What they wait for is the same promise
 * as without, so that what comes after what is left as it was.
 *
 * @param proxies groups of activities by their registered names
 */
export function heardBy<P extends object>(proxies: P, heard: Heard): P {
  return new Proxy(proxies, {
    get: (all, group) => {
      const calls: unknown = Reflect.get(all, group);
      return typeof calls === 'object' && calls !== null ? tapped(calls, heard) : calls;
    },
  });
}

function tapped(calls: object, heard: Heard): object {
  return new Proxy(calls, {
    get: (all, name) => {
      const call: unknown = Reflect.get(all, name);
      if (typeof call !== 'function' || typeof name !== 'string') return call;
      return (...args: unknown[]): unknown => {
        const running: unknown = Reflect.apply(call, all, args);
        if (running instanceof Promise) running.then(() => heard(name), nothing);
        return running;
      };
    },
  });
}

/** Whoever waits for it sees why it failed. */
function nothing(): void {}
