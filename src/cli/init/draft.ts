import type { ServerSurvey } from '../../inspection/survey/survey.ts';
import { chooseModel, type ChosenModel } from './choose-model.ts';
import { draftClasses, draftPixels } from './draft-classes.ts';
import { oneLine, sectionLines, todosOf, type Entry, type Section } from './draft-entry.ts';
import { fixedSections, stopSection, trainingSection } from './draft-sections.ts';
import type { DraftRequest } from './draft-request.ts';
import { groupsOfNames } from './groups-of-names.ts';
import { seenLines } from './seen-lines.ts';

export interface Draft {
  readonly text: string;
  /** What could not be found out, by key. */
  readonly todos: readonly { readonly key: string; readonly reason: string }[];
}

/** A commented `maskloop.yaml`, from what was seen of servers and folders. */
export function draftLoopFile(request: DraftRequest): Draft {
  const { connection, servers, inputs } = request;
  const project = projectEntry(request);
  const labels = 'found' in servers.cvat ? (servers.cvat.found.project?.labels ?? null) : null;
  const model = chooseModel(servers.trainer, request.model, labels);
  const { categories, masks, images, labelMap } = inputs;
  const file = categories === null ? null : { path: categories.file, list: categories.list };
  const classes = draftClasses(file, servers.cvat);
  const frames = images?.names.length ?? null;
  const name = project.kind === 'set' && typeof project.value === 'string' ? `${project.value} loop` : 'loop';
  const top: Section = {
    name: null,
    entries: [
      { kind: 'set', key: 'name', value: name, comment: 'of the loop' },
      { kind: 'set', key: 'connection', value: connection },
      project,
      { kind: 'set', key: 'taskName', value: 'Iteration_{n}', comment: taskComment(servers) },
      classes.entry,
      groupEntry(images?.names ?? masks?.survey.names ?? []),
    ],
  };
  const sections: readonly Section[] = [
    top,
    poolSection(images?.dir ?? null, servers),
    fixedSections.batch(frames),
    masksSection(masks?.dir ?? null, model, draftPixels(masks?.survey ?? null, classes.list, labelMap)),
    fixedSections.cvat(createEntry(request), 'found' in servers.cvat ? servers.cvat.found.people : []),
    trainingSection(model, frames),
    stopSection,
    fixedSections.notify,
  ];
  const head = [
    `# yaml-language-server: $schema=${encodeURI(request.schema)}`,
    ...seenLines(request, model).map(comment),
  ];
  return {
    text: `${[head, ...sections.map(sectionLines)].map((part) => part.join('\n')).join('\n\n')}\n`,
    todos: todosOf(sections),
  };
}

function comment(line: string): string {
  return `# ${oneLine(line)}`;
}

const todo = (reason: string): Entry => ({ kind: 'todo', key: 'project', reason });

function projectEntry({ project, servers: { cvat } }: DraftRequest): Entry {
  if ('missing' in cvat) {
    return project === null
      ? todo(`its name in CVAT; ${cvat.missing}`)
      : { kind: 'set', key: 'project', value: project };
  }
  const { found } = cvat;
  if (found.project !== null) return { kind: 'set', key: 'project', value: found.project.name };
  if (project !== null) {
    const text = 'CVAT has none of this name yet; see cvat.createProject';
    return { kind: 'set', key: 'project', value: project, comment: text };
  }
  const names = found.projects.length === 0 ? 'CVAT has none yet' : `one of ${found.projects.slice(0, 20).join(', ')}`;
  return todo(`its name in CVAT: ${names}`);
}

/** Whether the loop makes its project: where one is named that CVAT has not. */
function createEntry({ project, servers: { cvat } }: DraftRequest): Entry {
  const isMissing = project !== null && 'found' in cvat && cvat.found.project === null;
  if (!isMissing) {
    return { kind: 'option', key: 'createProject', value: true, comment: 'make the project where there is none' };
  }
  const what = 'the first task makes the project, with the classes as labels; take it out if you make it yourself';
  return { kind: 'set', key: 'createProject', value: true, comment: what };
}

function taskComment({ cvat }: ServerSurvey): string {
  const tasks = 'found' in cvat ? (cvat.found.project?.tasks ?? 0) : 0;
  const there = tasks === 0 ? '' : `; the project has ${tasks} tasks: those of such names are adopted`;
  return `{n} is the number of the iteration${there}`;
}

function groupEntry(names: readonly string[]): Entry {
  const { group, groups } = groupsOfNames(names);
  const what = 'frames that belong together (a video, a patient) are never split';
  if (group === null) return { kind: 'option', key: 'group', value: 'folder', comment: what };
  return { kind: 'set', key: 'group', value: group, comment: `${what}: ${groups} groups of ${names.length} frames` };
}

function poolSection(images: string | null, { trainer }: ServerSurvey): Section {
  const unlabelled = 'found' in trainer ? (trainer.found.unlabelled ?? 0) : 0;
  const other = unlabelled === 0 ? '' : `; or datastore, for the ${unlabelled} unlabelled images of MONAI Label`;
  const entry: Entry =
    images === null
      ? {
          kind: 'todo',
          key: 'images',
          reason: `the folder of the frames; none was named by --images or found here${other}`,
        }
      : { kind: 'set', key: 'images', value: images, comment: `a folder that may grow${other}` };
  return { name: 'pool', comment: 'all frames that the loop may choose from', entries: [entry] };
}

function masksSection(masks: string | null, model: ChosenModel, pixels: readonly Entry[]): Section {
  const isPublished = 'found' in model && model.found.isPublished;
  const first = masks ?? (isPublished ? 'predict' : 'none');
  const why =
    masks !== null
      ? 'pre-annotations until a model is published'
      : isPublished
        ? 'the published model predicts from the first iteration on'
        : 'people begin without pre-annotations until a model is published';
  return { name: 'masks', entries: [{ kind: 'set', key: 'first', value: first, comment: why }, ...pixels] };
}
