import { loopTaskName } from '../contracts/loop-task.ts';
import { floorsOf } from '../loop-file/loop-policy.ts';
import { resolvePath, type ParsedLoopFile } from '../loop-file/parsed-loop-file.ts';
import { FROM_CVAT } from '../loop-file/schema/loop-file.ts';
import { FIRST } from '../loop-file/schema/masks.ts';
import { DATASTORE } from '../loop-file/schema/pool.ts';
import { GROUND_TRUTH } from '../loop-file/schema/training.ts';
import type { StartFlags } from './start-flags.ts';

/** Flags as a file says them; undefined where it says nothing. */
export type FileFlags = { readonly [K in keyof StartFlags]?: StartFlags[K] | undefined };

type Typed = ReadonlySet<string>;

/**
 * What a file of a loop says of a single iteration, as flags of `start`. What a typed flag excludes is left out.
 *
 * @param typed names of the flags that were typed, as the parser has them
 */
export function flagsOfFile(parsed: ParsedLoopFile, typed: Typed): FileFlags {
  const { content } = parsed;
  const { connection, project, categories, cvat, patience, notify } = content;
  return {
    connection,
    project,
    categories: categories === FROM_CVAT ? FROM_CVAT : resolvePath(parsed, categories),
    ...imagesOf(parsed, typed),
    ...masksOf(parsed, typed),
    ...(typed.has('asIs') ? {} : writtenToCvat(parsed, typed)),
    completeWhen: cvat.completeWhen,
    ...deadlineOf(parsed, typed),
    poll: cvat.poll,
    quiet: cvat.quiet,
    people: cvat.people,
    ...(typed.has('train') ? {} : trainingOf(parsed, typed)),
    ...patience,
    notices: notify,
  };
}

function deadlineOf({ content }: ParsedLoopFile, typed: Typed): FileFlags {
  const { deadline, atDeadline, extendBy, extendTimes, reassignTo, atLastDeadline } = content.cvat;
  const time = deadline === undefined ? undefined : { afterMs: deadline };
  // Where nothing is written to CVAT nobody is given jobs.
  if (typed.has('atDeadline') || (typed.has('asIs') && atDeadline === 'reassign')) return { deadline: time };
  return { deadline: time, atDeadline, extendBy, extendTimes, reassignTo, atLastDeadline };
}

function imagesOf(parsed: ParsedLoopFile, typed: Typed): FileFlags {
  const { images } = parsed.content.pool;
  if (typed.has('images') || typed.has('shareFiles') || images === DATASTORE) return {};
  return { images: resolvePath(parsed, images) };
}

/** Where masks come from, and how they are read where they are somebody's. */
function masksOf(parsed: ParsedLoopFile, typed: Typed): FileFlags {
  const { masks, training } = parsed.content;
  const { first, suffix, shardSize, instances, connectivity, minArea } = masks;
  const isTyped = ['masks', 'predict', 'asIs', 'fromScratch'].some((name) => typed.has(name));
  const own: FileFlags = isTyped
    ? {}
    : first === FIRST.none
      ? { fromScratch: true }
      : first === FIRST.predict
        ? { predict: typed.has('train') ? training.model : true }
        : { masks: resolvePath(parsed, first) };
  const isScratch = typed.has('fromScratch') || own.fromScratch === true;
  const areRead = typed.has('masks') || own.masks !== undefined;
  const shapes = typed.has('instances')
    ? {}
    : { instances, connectivity: connectivity === undefined ? undefined : (`${connectivity}` as const), minArea };
  return {
    ...own,
    ...(areRead ? readingOf(parsed, typed) : {}),
    ...shapes,
    shardSize,
    suffix: isScratch || typed.has('asIs') ? undefined : suffix,
  };
}

function readingOf(parsed: ParsedLoopFile, typed: Typed): FileFlags {
  const { unknown, map, ignore, labelMap } = parsed.content.masks;
  const values = map === undefined ? undefined : Object.entries(map).map(([from, to]) => [Number(from), to] as const);
  const namesValues = typed.has('map') || typed.has('ignore');
  return {
    unknown,
    ...(typed.has('labelMap') ? {} : { map: values, ignore }),
    labelMap: labelMap === undefined || namesValues ? undefined : resolvePath(parsed, labelMap),
  };
}

/** What has no meaning where the task is only observed. */
function writtenToCvat({ content }: ParsedLoopFile, typed: Typed): FileFlags {
  const { createProject, syncLabels, segmentSize, assign, review, reviewShare, reviewMostChanged } = content.cvat;
  const isPicked = typed.has('reviewShare') || typed.has('reviewMostChanged');
  return {
    createProject: createProject || undefined,
    syncLabels: syncLabels || undefined,
    segmentSize,
    assign: assign.length === 0 ? undefined : assign,
    review,
    ...(isPicked ? {} : { reviewShare, reviewMostChanged }),
  };
}

function trainingOf(parsed: ParsedLoopFile, typed: Typed): FileFlags {
  const { group, training } = parsed.content;
  const { model, maxEpochs, trainWindow, gate, gateFloor } = training;
  const isHeldOut = ['heldOut', 'heldOutImages', 'heldOutMasks', 'heldOutTask'].some((name) => typed.has(name));
  return {
    model,
    maxEpochs,
    trainWindow,
    gate,
    gateFloor: gateFloor === undefined ? undefined : floorsOf(gateFloor),
    group,
    ...(isHeldOut ? {} : heldOutOf(parsed)),
  };
}

function heldOutOf(parsed: ParsedLoopFile): FileFlags {
  const { taskName, training } = parsed.content;
  const { heldOut, heldOutImages, heldOutMasks, heldOutTask, heldOutFrames } = training;
  const named =
    heldOut === GROUND_TRUTH
      ? { kind: GROUND_TRUTH as typeof GROUND_TRUTH }
      : typeof heldOut === 'string'
        ? { kind: 'names' as const, file: resolvePath(parsed, heldOut) }
        : heldOut === undefined
          ? undefined
          : { kind: 'fraction' as const, fraction: heldOut };
  return {
    heldOut: named,
    heldOutImages: heldOutImages === undefined ? undefined : resolvePath(parsed, heldOutImages),
    heldOutMasks: heldOutMasks === undefined ? undefined : resolvePath(parsed, heldOutMasks),
    heldOutTask: heldOutFrames === undefined ? heldOutTask : loopTaskName(taskName, 0),
  };
}
