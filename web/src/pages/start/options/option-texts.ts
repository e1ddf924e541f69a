/** What a start may say beyond the data, as it stands in the fields; the defaults are those of the command line. */
export const OPTION_DEFAULTS = {
  deadline: 'none',
  deadlineAfter: '14d',
  deadlineAt: '',
  atDeadline: 'attention',
  extendBy: '7d',
  extendTimes: '1',
  reassignTo: '',
  atLastDeadline: 'attention',
  completeWhen: 'state',
  completeShare: '90',
  review: '',
  reviewPick: 'all',
  reviewShare: '20',
  reviewJobs: '5',
  tellPeople: 'names',
  unknown: 'error',
  map: '',
  ignore: '',
  instances: 'class',
  connectivity: '8',
  minArea: '0',
  scope: 'task',
  syncLabels: '',
  suffix: '',
  shareFolder: '',
  maxEpochs: '',
  window: '',
  heldOut: 'share',
  heldOutShare: '20',
  heldOutTask: '',
  group: 'none',
  groupPattern: '',
  gate: 'if-better',
  floorAll: '',
  floors: '',
  notify: '',
  leads: '',
  remind: '',
  workingHours: '',
  digest: '',
  poll: '60s',
  quiet: '60s',
  workerLostAfter: '30s',
  unreachableAfter: '15m',
  importStuckAfter: '30m',
  stalledAfter: '30m',
  shardSize: '500',
} as const;

export type OptionName = keyof typeof OPTION_DEFAULTS;
export type OptionTexts = Readonly<Record<OptionName, string>>;

/** What is wrong with a field, as a sentence. */
export type OptionProblems = Readonly<Partial<Record<OptionName, string>>>;

const isOption = (name: string): name is OptionName => Object.hasOwn(OPTION_DEFAULTS, name);

/** Names of all options. */
export const OPTION_NAMES: readonly OptionName[] = Object.keys(OPTION_DEFAULTS).filter(isOption);

/** The texts that an address names, and the defaults of the others. */
export function optionTexts(read: (name: string) => string | null): OptionTexts {
  const given = OPTION_NAMES.flatMap((name) => {
    const text = read(name);
    return text === null ? [] : [[name, text] as const];
  });
  return { ...OPTION_DEFAULTS, ...Object.fromEntries(given) };
}

/** What an address has to name of an option; null for the default. */
export function optionInAddress(name: OptionName, text: string): string | null {
  return text === OPTION_DEFAULTS[name] ? null : text;
}
