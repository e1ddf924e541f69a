import { types } from 'node:util';
import { MessageChannel } from 'node:worker_threads';

/** Smaller arrays may share their memory with others, and cost nothing to wait for. */
const MIN_BYTES = 2 ** 16;

/** A closed port drops what it is sent. */
const nowhere = closedPort();

function closedPort(): MessageChannel['port1'] {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}

/**
 * Gives the memory of a large array back at once; the array is empty afterwards. Left to the garbage collector, two
 * megabytes a mask make it run every thirty masks, and every mask begins with memory that the system must clear first.
 *
 * @param bytes an array that has its memory to itself and is not used any more
 */
export function release(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (bytes.length >= MIN_BYTES && types.isArrayBuffer(buffer)) nowhere.postMessage(null, [buffer]);
}
