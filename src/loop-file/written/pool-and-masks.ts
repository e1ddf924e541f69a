import { fileURLToPath } from 'node:url';
import type { LoopPolicy } from '../../contracts/loop.ts';
import { DATASTORE } from '../schema/pool.ts';

/** An address as a file names it: a path of this machine, or one in the store. */
export function placeOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}

/** Section `pool`. */
export function poolSection({ pool }: LoopPolicy): object {
  if (pool.kind === 'datastore') return { images: DATASTORE };
  if (pool.kind === 'folder') return { images: placeOf(pool.uri) };
  const images = placeOf(pool.images.uri);
  // What is in the store never grows, whatever is said.
  return images === pool.images.uri ? { images } : { images, grows: false };
}

/** Section `masks`. @param labelMap address of the colours; null where pixels are values */
export function masksSection({ firstMasks, iteration }: LoopPolicy, labelMap: string | null): object {
  const { suffix, conversion } = iteration;
  const { unknown, values, ignore, components } = conversion.rules;
  return {
    first: firstMasks.kind === 'folder' ? placeOf(firstMasks.masks.uri) : firstMasks.kind,
    unknown,
    ...(values.length === 0 ? {} : { map: Object.fromEntries(values) }),
    ...(ignore.length === 0 ? {} : { ignore }),
    ...(labelMap === null ? {} : { labelMap }),
    ...(components === null ? {} : { instances: 'components', ...components }),
    suffix,
    shardSize: conversion.shardSize,
  };
}
