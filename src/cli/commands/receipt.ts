import { writeFile } from 'node:fs/promises';
import { MaskloopError } from '../../contracts/error.ts';
import type { Receipt } from '../../contracts/receipt.ts';
import type { Verification } from '../../receipts/verify/verification.ts';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import { formatReceipt } from '../format/receipt.ts';
import { formatVerification } from '../format/verification.ts';
import { reportProgress } from '../progress.ts';

interface Flags {
  readonly verify?: true;
  readonly html?: true;
  readonly out?: string;
  readonly json?: true;
}

export const addReceipt: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'receipt [ID]',
    summary: 'show the record of a finished iteration',
    example: 'receipt SurgVU/Iteration_1 --verify',
  })
    .option('--verify', 'check every hash and count against the store, which alone is needed')
    .option('--html', 'one page for a browser, with all that belongs to it')
    .option('--out <FILE>', 'file for the page (default: standard output)')
    .action(async (given: string | undefined, flags: Flags) => {
      requireOne(context, flags);
      if (flags.html === true) {
        await writePage(context, given, flags.out);
        return end(EXIT.done);
      }
      if (flags.verify === true) {
        const found = await verify(context, given, flags.json === true);
        if (flags.json === true) printJson(context, found);
        else context.stdout.write(formatVerification(found));
        return end(found.sound ? EXIT.done : EXIT.failed);
      }
      const receipt = await read(context, given);
      if (flags.json === true) printJson(context, receipt);
      else context.stdout.write(formatReceipt(receipt));
      end(EXIT.done);
    });
};

function requireOne(context: CliContext, { html, json, out, ...flags }: Flags): void {
  if (html === true && (flags.verify === true || json === true)) {
    throw new UsageError('--html goes with neither --verify nor --json.');
  }
  if (out !== undefined && html !== true) throw new UsageError('--out is the file of --html.');
  if (html === true && out === undefined && context.stdout.isTTY) {
    throw new UsageError('A page is nothing for a terminal: name a file with --out.');
  }
}

async function writePage(context: CliContext, given: string | undefined, out: string | undefined): Promise<void> {
  const page = await context.receiptPage(given);
  if (out === undefined) return context.stdout.write(page);
  try {
    await writeFile(out, page);
  } catch (cause) {
    throw new MaskloopError('OutputNotWritable', `${out} cannot be written.`, { facts: { path: out }, cause });
  }
  note(context, `written to ${out}`);
}

async function read(context: CliContext, given: string | undefined): Promise<Receipt> {
  return withOperations(context, async (operations) => {
    const id = await operations.resolve(given, 'finished');
    const found = await operations.receipt(id);
    if (found !== null) return found;
    throw new MaskloopError('IterationNotFound', `${id} has no receipt.`, { facts: { id } });
  });
}

async function verify(context: CliContext, given: string | undefined, quiet: boolean): Promise<Verification> {
  const progress = reportProgress(context, 'artifacts', quiet);
  try {
    return await context.verifyReceipt({ given, signal: context.interrupted, onProgress: progress.update });
  } finally {
    progress.end();
  }
}
