import type { Comparison } from '../coco/dataset/comparison.ts';
import type { MaskSurvey } from '../coco/survey-masks.ts';
import type { Decoding } from '../coco/decode/decode-dataset.ts';
import type { Category } from '../contracts/categories.ts';
import type { ConversionRules } from '../contracts/conversion.ts';
import type { Facts } from '../contracts/error.ts';
import type { CollectedTask } from '../contracts/collected-labels.ts';
import type { ArtifactRef, FolderRef, LabelsRef } from '../contracts/refs.ts';
import type { ServerSurvey } from '../inspection/survey/survey.ts';
import type { SurveyRequest } from '../inspection/survey/survey-servers.ts';
import type { InspectionRequest, Part } from '../inspection/inspect.ts';
import type { Operations } from '../operations/operations.ts';
import type { DatasetRequest, WrittenDataset } from '../dataset/write-dataset.ts';
import type { PutFolder } from '../storage/put-folder.ts';
import type { Simulation, SimulationRequest } from '../simulation/request.ts';
import type { StoreDocuments } from './store-documents.ts';
import type { Verification } from '../receipts/verify/verification.ts';

/** A terminal, a pipe or a file that text goes to. */
export interface Output {
  readonly isTTY: boolean;
  /** True for a terminal whose user has not switched colours off. */
  readonly colours: boolean;
  write(text: string): void;
}

interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface ConversionRequest {
  readonly maskDir: string;
  readonly task: string;
  readonly suffix: string;
  readonly categories: readonly Category[];
  readonly rules: ConversionRules;
  readonly outDir: string;
  /** Threads; null for one for each core. */
  readonly workers: number | null;
  readonly compact: boolean;
  readonly gzip: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface ConversionResult {
  readonly documentPath: string;
  readonly images: number;
  readonly annotations: number;
  readonly ignoredFiles: number;
  readonly skippedPixels: Readonly<Record<string, number>>;
  readonly dropped: { readonly components: number; readonly pixels: number };
}

export interface ComparisonRequest {
  /** Paths of two COCO documents. */
  readonly a: string;
  readonly b: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface DecodingRequest {
  /** Path of a COCO document. */
  readonly document: string;
  /** For masks in colour; null for grey ones. */
  readonly labelMap: { readonly text: string; readonly where: string } | null;
  /** By which values became categories; both empty with a label map. */
  readonly rules: Pick<ConversionRules, 'values' | 'ignore'>;
  readonly outDir: string;
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface SandboxRequest {
  readonly cvatVersion?: '2.54.1' | '2.73.0';
  readonly stateDir?: string;
  readonly dir: string;
  readonly seed: number;
  readonly frames: number;
  readonly annotator: boolean;
  readonly youngModel?: boolean;
  readonly cvatPort?: number;
  readonly monaiPort?: number;
  readonly requestLog?: string;
}

export interface Sandbox {
  readonly cvatUrl: string;
  readonly monaiUrl: string;
  readonly cvatLogin: { readonly username: string; readonly password: string };
  readonly imagesDir: string;
  readonly masksDir: string;
  readonly categoriesFile: string;
  readonly model: string;
  close(): Promise<void>;
}

export interface CollectRequest {
  /** The iteration whose labels are meant; null for a task of CVAT. */
  readonly id: string | null;
  readonly connection: string;
  readonly taskId: number;
  /** What an iteration has sealed; null reads CVAT. */
  readonly labels: LabelsRef | null;
  /** Null numbers the labels of CVAT. */
  readonly categories: readonly Pick<Category, 'id' | 'name'>[] | null;
  readonly dir: string;
  readonly via: 'native' | 'export';
  readonly signal: AbortSignal;
}

export interface VerificationRequest {
  /** Id of a finished iteration, a unique prefix of one, or nothing where only one is finished. */
  readonly given: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface WorkerRequest {
  /** Settings that replace those of the environment. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Ends the worker. */
  readonly signal: AbortSignal;
  readonly onReady: (facts: Facts) => void;
}

/** Everything that commands reach beyond the terminal; `src/cli.ts` fills it in and loads each part when it is first used. */
export interface CliContext extends StoreDocuments {
  readonly version: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted by Ctrl-C and by a request to end. */
  readonly interrupted: AbortSignal;
  /** Who decides, for the receipt. */
  readonly user: string;
  /** Path of the schema of `maskloop.yaml`, for editors. */
  readonly schemaFile: string;
  /** Default of `up --state`. */
  readonly stateFolder: string;

  readonly now: () => Date;
  /** Waits; comes back early, without an error, when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;

  parseCategories(text: string, where: string): Promise<readonly Category[]>;
  /** What the colours of a label map count as. @throws MaskloopError `InvalidLabelMap` */
  labelColours(
    text: string,
    where: string,
    options: { readonly categories: readonly Category[]; readonly unknown: ConversionRules['unknown'] },
  ): Promise<NonNullable<ConversionRules['colours']>>;
  masksToCoco(request: ConversionRequest): Promise<ConversionResult>;
  compareDatasets(request: ComparisonRequest): Promise<Comparison>;
  decodeDataset(request: DecodingRequest): Promise<Decoding>;
  /** A folder of this machine, or one in the store by its address. */
  describeFolder(
    given: string,
    options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
  ): Promise<FolderRef>;
  /** @throws MaskloopError as `storage/put-folder` */
  putFolder(
    dir: string,
    options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
  ): Promise<PutFolder>;
  putArtifact(content: Uint8Array): Promise<ArtifactRef>;
  /** Writes the labels of a task into a folder; writes nothing to CVAT. @throws MaskloopError `InvalidConfiguration` without CVAT */
  collectTask(request: CollectRequest): Promise<CollectedTask>;

  /** Holds a receipt against the store, which alone is needed. @throws MaskloopError as `verifyReceipt` and `resolveId` do */
  verifyReceipt(request: VerificationRequest): Promise<Verification>;
  /** The page of a receipt, HTML, from the store and the folder of images. @throws MaskloopError as `readPage` and `resolveId` do */
  receiptPage(given: string | undefined): Promise<string>;

  /** Writes all sealed labels of a project. @throws MaskloopError as `writeDataset` */
  writeDataset(request: DatasetRequest): Promise<WrittenDataset>;

  /** Connects to Temporal and the store. @throws MaskloopError `InvalidConfiguration`, `TemporalUnreachable` */
  connect(): Promise<{ readonly operations: Operations; close(): Promise<void> }>;

  /** Temporal's namespace. @throws MaskloopError `InvalidConfiguration` */
  temporalNamespace(): string;
  /** @throws MaskloopError `InvalidConfiguration` if a worker could not run with these settings */
  checkWorkerSettings(): Promise<void>;
  /** Looks at everything that an iteration needs; each part comes when it is there. */
  inspect(request: Omit<InspectionRequest, 'bundle' | 'env' | 'version'>): Promise<readonly Part[]>;
  /** Looks at both servers of a connection from here; nothing throws. */
  surveyServers(request: Omit<SurveyRequest, 'env'>): Promise<ServerSurvey>;
  /** What the masks of a folder hold, by at most so many of them. @throws MaskloopError `UnreadableFile` */
  surveyMasks(dir: string, most: number): Promise<MaskSurvey>;
  /** Names of the connections that are configured here; null where none is named. @throws MaskloopError `InvalidConfiguration` */
  connectionNames(): readonly string[] | null;
  /** Runs a worker until the signal is aborted. */
  runWorker(request: WorkerRequest): Promise<void>;
  /** True where the settings say on which port the server listens. */
  namesServerPort(): boolean;
  /** Runs the server until the signal is aborted. @throws MaskloopError `InvalidConfiguration`, `AddressInUse` */
  runServer(request: WorkerRequest): Promise<void>;
  /** Path of Temporal's own program. @throws MaskloopError `TemporalBinaryMissing` */
  findTemporal(onSlow: (line: string) => void): Promise<string>;
  /** Registers what maskloop needs in a fresh Temporal. @throws MaskloopError `TemporalUnreachable` */
  prepareTemporal(address: string): Promise<void>;
  startSandbox(request: SandboxRequest): Promise<Sandbox>;
  /** Compares loops on labels that exist, with servers of its own. @throws MaskloopError as `src/simulate.ts` */
  simulate(request: SimulationRequest): Promise<Simulation>;
}
