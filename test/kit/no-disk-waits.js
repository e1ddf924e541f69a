import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/*
 * Files are flushed to the disk so that a power cut leaves nothing half written. No test cuts the power, and to wait for the disk was half
 * of the time of many tests, so within jest a flush has nothing to do. Programs that tests start do flush.
 */
const handle = await open(fileURLToPath(import.meta.url));
Object.assign(Object.getPrototypeOf(handle), { sync: async () => undefined, datasync: async () => undefined });
await handle.close();
