import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { Receipt } from '../../../src/contracts/receipt.ts';
import { receiptSchema } from '../../../src/receipts/schema/receipt.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';

/** A type without `readonly`, which a schema does not have, and with a mark on what may be absent. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer E)[]
    ? Plain<E>[]
    : { -readonly [K in keyof T]-?: object extends Pick<T, K> ? { mayBeAbsent: Plain<T[K]> } : Plain<T[K]> };

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Names of the parts that two types do not have alike. */
type Differing<A, B> = {
  [K in keyof (A & B)]-?: K extends keyof A & keyof B ? (Same<A[K], B[K]> extends true ? never : K) : K;
}[keyof (A & B)];

type Schema = Plain<z.output<typeof receiptSchema>>;
type Contract = Plain<Receipt>;

/** The type checker refuses, by name, what is given. */
type Nothing<T extends never> = T[];
const PARTS: Nothing<Differing<Schema, Contract>> = [];
const RESULTS: Nothing<Differing<Schema['results'], Contract['results']>> = [];

describe('the schema of receipts', () => {
  it('is the type of receipts, field by field', () => {
    expect([...PARTS, ...RESULTS]).toEqual([]);
  });

  it('takes a receipt of either version', () => {
    expect(receiptSchema.safeParse(sampleReceipt()).error).toBeUndefined();
    const { chain: _, cvat: __, trainer: ___, ...first } = sampleReceipt();
    expect(receiptSchema.safeParse({ ...first, schema: 'maskloop.receipt/1' }).error).toBeUndefined();
  });
});
