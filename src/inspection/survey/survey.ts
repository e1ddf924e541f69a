/** What was found, or in one sentence why nothing was. */
export type Seen<T> = { readonly found: T } | { readonly missing: string };

/** A CVAT as one who writes a file for it wants to know it. */
export interface CvatSurvey {
  readonly url: string;
  /** Names, oldest first. */
  readonly projects: readonly string[];
  /** The project that is meant; null where it is not known which. */
  readonly project: {
    readonly name: string;
    /** Names of its labels, oldest first; parts of skeletons left out. */
    readonly labels: readonly string[];
    readonly tasks: number;
  } | null;
  /** User names of those whom jobs can be given to. */
  readonly people: readonly string[];
}

export interface ModelSurvey {
  readonly name: string;
  /** Names of its labels without the background. */
  readonly labels: readonly string[];
  /** Whether it can predict: a model is published. */
  readonly isPublished: boolean;
}

/** What trains beside a CVAT. */
export interface TrainerSurvey {
  /** Where it is: an address, or a program. */
  readonly place: string;
  /** What can be trained. */
  readonly models: readonly ModelSurvey[];
  /** Ways to choose the next sample; none where a program trains. */
  readonly strategies: readonly string[];
  /** Images of its datastore that nobody has labelled; null where there is none. */
  readonly unlabelled: number | null;
}

/** Both servers of a connection, as they are seen from here. */
export interface ServerSurvey {
  readonly cvat: Seen<CvatSurvey>;
  readonly trainer: Seen<TrainerSurvey>;
}
