/** Numbers in compact form: first and last of each run, both included, ascending. */
export type Ranges = readonly (readonly [first: number, last: number])[];
