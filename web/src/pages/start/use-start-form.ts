import { useState } from 'react';
import { useAddress } from '../../shell/use-address.ts';
import { NO_HELD_OUT_FILES } from './options/read-training.ts';
import { OPTION_NAMES, optionInAddress, optionTexts } from './options/option-texts.ts';
import { SOURCES, type StartForm } from './start-form.ts';

/** Texts that the address of the page holds beside the options, so that it can be passed on. */
const IN_ADDRESS = ['connection', 'project', 'task', 'model', 'people'] as const;

/** What the fields hold: what was in the address at first. Files are in no address. */
export function useStartForm(): readonly [form: StartForm, set: (part: Partial<StartForm>) => void] {
  const [read, change] = useAddress();
  const [form, setForm] = useState<StartForm>(() => ({
    connection: read('connection') ?? 'default',
    project: read('project') ?? '',
    task: read('task') ?? '',
    model: read('model') ?? '',
    people: read('people') ?? '',
    source: SOURCES.find((source) => source === read('source')) ?? 'masks',
    masks: null,
    images: null,
    trains: read('trains') !== 'no',
    createProject: read('createProject') === 'yes',
    segmentSize: segmentIn(read('segmentSize')),
    options: optionTexts(read),
    heldOut: NO_HELD_OUT_FILES,
  }));
  const set = (part: Partial<StartForm>): void => {
    setForm((before) => ({ ...before, ...part }));
    change(addressOf(part));
  };
  return [form, set];
}

function addressOf(part: Partial<StartForm>): Readonly<Record<string, string | null>> {
  const { source, trains, createProject, segmentSize, options } = part;
  return {
    ...Object.fromEntries(
      IN_ADDRESS.flatMap((name) => (part[name] === undefined ? [] : [[name, part[name] === '' ? null : part[name]]])),
    ),
    ...(source === undefined ? {} : { source: source === 'masks' ? null : source }),
    ...(trains === undefined ? {} : { trains: trains ? null : 'no' }),
    ...(createProject === undefined ? {} : { createProject: createProject ? 'yes' : null }),
    ...(segmentSize === undefined ? {} : { segmentSize: segmentSize === null ? null : String(segmentSize) }),
    ...(options === undefined
      ? {}
      : Object.fromEntries(OPTION_NAMES.map((name) => [name, optionInAddress(name, options[name])]))),
  };
}

function segmentIn(text: string | null): number | null {
  const size = Number(text ?? '');
  return Number.isInteger(size) && size > 0 ? size : null;
}
