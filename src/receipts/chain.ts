import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { chainPrefix, linkName } from '../contracts/ids.ts';
import type { ChainLink, PreviousReceipt } from '../contracts/receipt.ts';
import { eachAtOnce } from '../storage/each-at-once.ts';
import { jsonOf } from '../storage/json-of.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { artifactSchema } from '../storage/artifact-schema.ts';
import { chainSchema } from './schema/receipt.ts';

/** The receipts of one connection and project are one chain. */
export interface ChainPlace {
  readonly connection: string;
  readonly project: string;
}

const linkSchema: z.ZodType<ChainLink> = z.object({
  schema: z.literal('maskloop.link/1'),
  ...chainSchema.shape,
  id: z.string(),
  firstRunId: z.string(),
  receipt: artifactSchema,
});

/**
 * One link; null if the number is not taken.
 *
 * @throws MaskloopError `ArtifactCorrupt` for a document that is no link
 */
export async function readLink(
  store: Pick<ArtifactStore, 'getNamed'>,
  place: ChainPlace,
  number: number,
): Promise<ChainLink | null> {
  return linkNamed(store, linkName(place, number));
}

/**
 * All links in their order.
 *
 * @param known links that were read before, by the names of their documents, and what is read now: a link is written once and never changed
 * @throws MaskloopError `ArtifactCorrupt` for a document that is no link
 */
export async function readLinks(
  store: Pick<ArtifactStore, 'getNamed' | 'listNamed'>,
  place: ChainPlace,
  known?: Map<string, ChainLink>,
): Promise<readonly ChainLink[]> {
  const links: ChainLink[] = [];
  await eachAtOnce(await store.listNamed(chainPrefix(place)), undefined, async (name) => {
    const link = known?.get(name) ?? (await linkNamed(store, name));
    if (link === null) return;
    known?.set(name, link);
    links.push(link);
  });
  return links.toSorted((a, b) => a.number - b.number);
}

async function linkNamed(store: Pick<ArtifactStore, 'getNamed'>, name: string): Promise<ChainLink | null> {
  const bytes = await store.getNamed(name);
  if (bytes === null) return null;
  const parsed = linkSchema.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `The document ${name} is not a link of a chain of receipts.`, {
    facts: { name, problem: z.prettifyError(parsed.error) },
  });
}

/** What the receipt after a link names as the one before. */
export function previousOf(link: ChainLink | undefined): PreviousReceipt | null {
  return link === undefined ? null : { number: link.number, id: link.id, sha256: link.receipt.sha256 };
}

/** Takes the number of a link, unless it is taken. @returns false if another receipt was faster */
export async function takePlace(
  store: Pick<ArtifactStore, 'createNamed'>,
  place: ChainPlace,
  link: ChainLink,
): Promise<boolean> {
  return store.createNamed(linkName(place, link.number), Buffer.from(`${JSON.stringify(link, null, 2)}\n`));
}
