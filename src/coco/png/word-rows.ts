import { averageBytes, nearest, paethBytes, plainBytes, subBytes, upBytes, type FilteredRow } from './byte-rows.ts';

/*
 * The filters of PNG for one byte a pixel, undone by words and by blocks of words where nothing happens. The row above
 * becomes the row itself in place, so that a pixel equal to the one above it costs nothing; the others are collected.
 * Formulas: PNG specification (third edition), 9.2; bytes count modulo 256.
 *
 * The five loops repeat each other, because a function called for each pixel or word takes a third longer.
 */

/** Pixels of a word, and words that are looked at together. */
const WORD = 4;
const BLOCK = 4;
/** Times a byte: a word of four such bytes. */
const REPEAT = 0x01010101;

/**
 * Undoes the filter of one row.
 *
 * @param filter 0 none, 1 sub, 2 up, 3 average, 4 Paeth
 * @param line `line.changed` has room for the whole row
 * @returns false if there is no such filter
 */
export function collectRow(filter: number, line: FilteredRow): boolean {
  switch (filter) {
    case 0:
      collectPlain(line);
      return true;
    case 1:
      collectSub(line);
      return true;
    case 2:
      collectUp(line);
      return true;
    case 3:
      collectAverage(line);
      return true;
    case 4:
      collectPaeth(line);
      return true;
    default:
      return false;
  }
}

/** The whole words of the row inside the image data: the first, and the one after the last. */
function wordsOf({ start, row }: FilteredRow): [number, number] {
  const first = Math.ceil(start / WORD);
  return [first, Math.max(first, Math.floor((start + row.width) / WORD))];
}

/** True if the block from this word on holds nothing but zeros. */
function isZero(words: Int32Array, at: number): boolean {
  return (words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) === 0;
}

/** True if the block holds the same word four times. */
function isFilled(words: Int32Array, at: number, word: number): boolean {
  return ((words[at]! ^ word) | (words[at + 1]! ^ word) | (words[at + 2]! ^ word) | (words[at + 3]! ^ word)) === 0;
}

/** True if two blocks are equal. */
function isEqual(a: Int32Array, atA: number, b: Int32Array, atB: number): boolean {
  return (
    ((a[atA]! ^ b[atB]!) | (a[atA + 1]! ^ b[atB + 1]!) | (a[atA + 2]! ^ b[atB + 2]!) | (a[atA + 3]! ^ b[atB + 3]!)) ===
    0
  );
}

function collectPlain(line: FilteredRow): void {
  const { stored, storedWords, start, row, y, changed } = line;
  row.align(start);
  const { bytes, words, start: rowStart } = row;
  const [first, last] = wordsOf(line);
  const toRow = rowStart - start;
  const toRowWords = toRow >> 2;
  plainBytes(line, 0, Math.min(row.width, WORD * first - start));
  const { xs, ys, values } = changed;
  let { length } = changed;
  for (let block = first; block < last; block += BLOCK) {
    if (block + BLOCK <= last && isEqual(storedWords, block, words, toRowWords + block)) continue;
    const end = Math.min(block + BLOCK, last);
    for (let word = block; word < end; word += 1) {
      if (storedWords[word] === words[toRowWords + word]) continue;
      for (let i = WORD * word; i < WORD * (word + 1); i += 1) {
        const value = stored[i]!;
        if (value === bytes[toRow + i]) continue;
        bytes[toRow + i] = value;
        xs[length] = i - start;
        ys[length] = y;
        values[length] = value;
        length += 1;
      }
    }
  }
  changed.length = length;
  plainBytes(line, WORD * last - start, row.width);
}

/** A block of zeros repeats the last value: nothing changes where the block above is filled with it. */
function collectSub(line: FilteredRow): void {
  const { stored, storedWords, start, row, y, changed } = line;
  row.align(start);
  const { bytes, words, start: rowStart } = row;
  const [first, last] = wordsOf(line);
  const toRow = rowStart - start;
  const toRowWords = toRow >> 2;
  let left = subBytes(line, 0, Math.min(row.width, WORD * first - start), 0);
  const { xs, ys, values } = changed;
  let { length } = changed;
  for (let block = first; block < last; block += BLOCK) {
    const repeated = Math.imul(left, REPEAT);
    if (block + BLOCK <= last && isZero(storedWords, block) && isFilled(words, toRowWords + block, repeated)) continue;
    const end = Math.min(block + BLOCK, last);
    for (let word = block; word < end; word += 1) {
      if (storedWords[word] === 0 && words[toRowWords + word] === Math.imul(left, REPEAT)) continue;
      for (let i = WORD * word; i < WORD * (word + 1); i += 1) {
        left = (left + stored[i]!) & 0xff;
        if (left === bytes[toRow + i]) continue;
        bytes[toRow + i] = left;
        xs[length] = i - start;
        ys[length] = y;
        values[length] = left;
        length += 1;
      }
    }
  }
  changed.length = length;
  subBytes(line, WORD * last - start, row.width, left);
}

/** A block of zeros is a copy of the block above, which stands in the row already. */
function collectUp(line: FilteredRow): void {
  const { stored, storedWords, start, row, y, changed } = line;
  const { bytes, start: rowStart } = row;
  const [first, last] = wordsOf(line);
  const toRow = rowStart - start;
  upBytes(line, 0, Math.min(row.width, WORD * first - start));
  const { xs, ys, values } = changed;
  let { length } = changed;
  for (let block = first; block < last; block += BLOCK) {
    if (block + BLOCK <= last && isZero(storedWords, block)) continue;
    const end = Math.min(block + BLOCK, last);
    for (let word = block; word < end; word += 1) {
      if (storedWords[word] === 0) continue;
      for (let i = WORD * word; i < WORD * (word + 1); i += 1) {
        const difference = stored[i]!;
        if (difference === 0) continue;
        const value = (bytes[toRow + i]! + difference) & 0xff;
        bytes[toRow + i] = value;
        xs[length] = i - start;
        ys[length] = y;
        values[length] = value;
        length += 1;
      }
    }
  }
  changed.length = length;
  upBytes(line, WORD * last - start, row.width);
}

/** A block of zeros below one that is filled with the last value is filled with it too. */
function collectAverage(line: FilteredRow): void {
  const { stored, storedWords, start, row, y, changed } = line;
  row.align(start);
  const { bytes, words, start: rowStart } = row;
  const [first, last] = wordsOf(line);
  const toRow = rowStart - start;
  const toRowWords = toRow >> 2;
  let left = averageBytes(line, 0, Math.min(row.width, WORD * first - start), 0);
  const { xs, ys, values } = changed;
  let { length } = changed;
  for (let block = first; block < last; block += BLOCK) {
    const repeated = Math.imul(left, REPEAT);
    if (block + BLOCK <= last && isZero(storedWords, block) && isFilled(words, toRowWords + block, repeated)) continue;
    const end = Math.min(block + BLOCK, last);
    for (let word = block; word < end; word += 1) {
      if (storedWords[word] === 0 && words[toRowWords + word] === Math.imul(left, REPEAT)) continue;
      for (let i = WORD * word; i < WORD * (word + 1); i += 1) {
        left = (stored[i]! + ((left + bytes[toRow + i]!) >> 1)) & 0xff;
        if (left === bytes[toRow + i]) continue;
        bytes[toRow + i] = left;
        xs[length] = i - start;
        ys[length] = y;
        values[length] = left;
        length += 1;
      }
    }
  }
  changed.length = length;
  averageBytes(line, WORD * last - start, row.width, left);
}

/** Where left and upper left are equal, Paeth predicts the value above: a block of zeros is a copy, and they stay equal. */
function collectPaeth(line: FilteredRow): void {
  const { stored, storedWords, start, row, y, changed } = line;
  const { bytes, start: rowStart } = row;
  const [first, last] = wordsOf(line);
  const toRow = rowStart - start;
  const head = Math.min(row.width, WORD * first - start);
  let corner = head === 0 ? 0 : bytes[rowStart + head - 1]!;
  let left = paethBytes(line, 0, head, 0, 0);
  const { xs, ys, values } = changed;
  let { length } = changed;
  for (let block = first; block < last; block += BLOCK) {
    if (left === corner && block + BLOCK <= last && isZero(storedWords, block)) {
      left = bytes[toRow + WORD * (block + BLOCK) - 1]!;
      corner = left;
      continue;
    }
    const end = Math.min(block + BLOCK, last);
    for (let word = block; word < end; word += 1) {
      if (left === corner && storedWords[word] === 0) {
        left = bytes[toRow + WORD * word + WORD - 1]!;
        corner = left;
        continue;
      }
      for (let i = WORD * word; i < WORD * (word + 1); i += 1) {
        const above = bytes[toRow + i]!;
        left = (stored[i]! + (left === corner ? above : nearest(left, above, corner))) & 0xff;
        corner = above;
        if (left === above) continue;
        bytes[toRow + i] = left;
        xs[length] = i - start;
        ys[length] = y;
        values[length] = left;
        length += 1;
      }
    }
  }
  changed.length = length;
  paethBytes(line, WORD * last - start, row.width, left, corner);
}
