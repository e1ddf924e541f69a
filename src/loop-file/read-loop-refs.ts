import { pathToFileURL } from 'node:url';
import { parseCategories } from '../coco/categories.ts';
import { labelColours } from '../coco/label-colours.ts';
import { maskReading } from '../coco/mask-reading.ts';
import type { Category } from '../contracts/categories.ts';
import type { ConversionRules } from '../contracts/conversion.ts';
import type { HeldOutSource } from '../contracts/gate.ts';
import type { FirstMasks } from '../contracts/loop.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { PoolSource } from '../contracts/selection.ts';
import { canonicalJson } from '../storage/canonical-json.ts';
import { invalidLoopFile } from './loop-file-problem.ts';
import { floorsOf, type LoopRefs } from './loop-policy.ts';
import type { LoopSources } from './loop-sources.ts';
import { noticeBook } from './notice-options.ts';
import { resolvePath, type ParsedLoopFile } from './parsed-loop-file.ts';
import { FROM_CVAT } from './schema/loop-file.ts';
import { FIRST } from './schema/masks.ts';
import { DATASTORE } from './schema/pool.ts';
import { GROUND_TRUTH } from './schema/training.ts';

/**
 * Reads and stores what a file of a loop names.
 *
 * @throws MaskloopError as `readLoopFile`
 */
export async function readLoopRefs(parsed: ParsedLoopFile, sources: LoopSources): Promise<LoopRefs> {
  const { list, ref } = await categoriesOf(parsed, sources);
  requireKnownFloors(parsed, list);
  const rules = await rulesOf(parsed, list, sources);
  return {
    categories: await ref(),
    rules,
    pool: await poolOf(parsed, sources),
    firstMasks: await firstMasksOf(parsed, sources),
    heldOut: await heldOutOf(parsed, sources),
    book: await bookOf(parsed, sources),
  };
}

interface Categories {
  /** Null where they are those of a project that is not looked at. */
  readonly list: readonly Category[] | null;
  readonly ref: () => Promise<ArtifactRef>;
}

async function categoriesOf(parsed: ParsedLoopFile, sources: LoopSources): Promise<Categories> {
  const { categories: given, connection, project } = parsed.content;
  if (given === FROM_CVAT) {
    const { categories, names } = await sources.projectCategories({ connection, project });
    return { list: names?.map((name, at) => ({ id: at + 1, name })) ?? null, ref: async () => categories };
  }
  const path = resolvePath(parsed, given);
  const bytes = await sources.readFile('categories file', path);
  return { list: parseCategories(Buffer.from(bytes).toString('utf8'), path), ref: () => sources.putArtifact(bytes) };
}

function requireKnownFloors(parsed: ParsedLoopFile, categories: Categories['list']): void {
  if (categories === null) return;
  const { classes } = floorsOf(parsed.content.training.gateFloor);
  const unknown = Object.keys(classes).filter((name) => categories.every((category) => category.name !== name));
  if (unknown.length === 0) return;
  const problems = unknown.map((name) =>
    parsed.problemAt(['training', 'gateFloor', name], 'is no class of the categories'),
  );
  throw invalidLoopFile(parsed.where, problems);
}

async function rulesOf(
  parsed: ParsedLoopFile,
  categories: Categories['list'],
  sources: LoopSources,
): Promise<ConversionRules> {
  const { unknown, map = {}, ignore = [], labelMap, instances, connectivity = 8, minArea = 0 } = parsed.content.masks;
  const values = Object.entries(map).map(([from, to]) => [Number(from), to] as const);
  const components = instances === 'components' ? { connectivity, minArea } : null;
  if (categories === null) return { unknown, values, ignore, colours: null, components };
  if (labelMap === undefined)
    return maskReading(categories, { unknown, values, ignore, colours: null, components }).rules;
  const path = resolvePath(parsed, labelMap);
  const text = Buffer.from(await sources.readFile('label map', path)).toString('utf8');
  const colours = labelColours(text, path, { categories, unknown });
  return maskReading(categories, { unknown, values: [], ignore: [], colours, components }).rules;
}

async function poolOf(parsed: ParsedLoopFile, sources: LoopSources): Promise<PoolSource> {
  const { images, grows } = parsed.content.pool;
  if (images === DATASTORE) return { kind: 'datastore' };
  const path = resolvePath(parsed, images);
  if (grows && !path.startsWith('store:')) return { kind: 'folder', uri: pathToFileURL(path).href };
  return { kind: 'files', images: await sources.describeFolder('images', path) };
}

async function firstMasksOf(parsed: ParsedLoopFile, sources: LoopSources): Promise<FirstMasks> {
  const { first } = parsed.content.masks;
  if (first === FIRST.none || first === FIRST.predict) return { kind: first };
  return { kind: 'folder', masks: await sources.describeFolder('masks', resolvePath(parsed, first)) };
}

async function heldOutOf(parsed: ParsedLoopFile, sources: LoopSources): Promise<HeldOutSource | null> {
  const { heldOut, heldOutImages, heldOutMasks, heldOutTask } = parsed.content.training;
  if (heldOut === GROUND_TRUTH) return { kind: GROUND_TRUTH, task: heldOutTask ?? null };
  if (heldOutTask !== undefined) return { kind: 'task', task: heldOutTask };
  if (typeof heldOut === 'string') {
    const bytes = await sources.readFile('list of held-out frames', resolvePath(parsed, heldOut));
    return { kind: 'names', list: await sources.putArtifact(bytes) };
  }
  if (heldOutImages === undefined || heldOutMasks === undefined) return null;
  const images = await sources.describeFolder('held-out images', resolvePath(parsed, heldOutImages));
  return {
    kind: 'folder',
    images,
    masks: await sources.describeFolder('held-out masks', resolvePath(parsed, heldOutMasks)),
  };
}

async function bookOf({ content }: ParsedLoopFile, sources: LoopSources): Promise<ArtifactRef | null> {
  const book = content.notify === undefined ? null : noticeBook(content.notify);
  return book === null ? null : sources.putArtifact(Buffer.from(canonicalJson(book)));
}
