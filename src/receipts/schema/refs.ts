import { z } from 'zod';

/** Pieces of which all references are made. */

const sha256 = z.string().describe('lower-case hex SHA-256 of the content');

export const artifact = z.object({
  uri: z.string().describe('`store:sha256/…`, or `file:///…` for a file in place'),
  sha256,
  bytes: z.number().describe('its length'),
});

export const folder = z.object({
  uri: z.string().describe('`file:///…`, or `store:…` of the list of its files'),
  sha256: z.string().describe('SHA-256 over the sorted names and the hashes of the files'),
  files: z.number().describe('how many files count'),
  manifest: artifact.exactOptional().describe('list of the files, where they are in the store'),
});

export const count = z.number();

export const time = z.string();

/** Numbers as first and last of each run. */
export const ranges = z.array(z.tuple([z.number(), z.number()]));

/** How many there are, and the first ranges of them. */
export const firstRanges = z.object({
  total: z.number().describe('how many'),
  first: ranges.describe('the first of them, as first and last of each run'),
});

/** Ranges of which only the first are told beside. */
export const moreRanges = z.object({
  total: z.number().describe('how many'),
  list: artifact.describe('a JSON list of all ranges'),
});

/** Counts by name. */
export const counts = z.record(z.string(), z.number());
