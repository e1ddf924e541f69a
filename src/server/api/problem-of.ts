import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import { FAILURES, type FailureCode } from '../../contracts/failures.ts';
import type { Handling } from '../../contracts/failures/entry.ts';
import type { Problem } from '../../api/schemas/problem.ts';

/** Where the handling alone does not say it. */
const STATUSES: Partial<Readonly<Record<FailureCode, number>>> = {
  RequestInvalid: 400,
  InvalidName: 400,
  InvalidFileList: 400,
  InvalidCategories: 400,
  ScheduleInvalid: 400,
  InvalidLoopFile: 400,
  InvalidLoopPolicy: 400,
  UploadDiffers: 400,
  ZipRefused: 400,
  LoginNeeded: 401,
  AccessDenied: 403,
  PageForeign: 403,
  FolderNotOffered: 403,
  RouteUnknown: 404,
  IterationNotFound: 404,
  ScheduleNotFound: 404,
  ModelUnknown: 404,
  ArtifactMissing: 404,
  FileUnknown: 404,
  BackupMissing: 404,
  FrameUnknown: 404,
  LoopNotFound: 404,
  ProjectNotFound: 404,
  TooManyRequests: 429,
  TokenUnknown: 429,
  UnexpectedFailure: 500,
  ArtifactCorrupt: 500,
  InvalidConfiguration: 500,
  TemporalUnreachable: 503,
  WorkerSilent: 503,
  IssuerUnreachable: 503,
};

const BY_HANDLING: Readonly<Record<Handling, number>> = { refused: 409, attention: 409, pending: 409, outage: 503 };

/** What is wrong, in the catalogue's words. What is no failure of the catalogue is told to nobody but the log. */
export function failureOf(error: unknown): MaskloopError {
  if (isMaskloopError(error)) return error;
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) {
    return new MaskloopError('RequestInvalid', `The request cannot be read (${status}).`, { facts: { status } });
  }
  return new MaskloopError('UnexpectedFailure', 'The server failed in a way that it does not know; see its log.');
}

/** A failure as an answer. */
export function problemOf(error: MaskloopError): Problem {
  const { code, message, facts } = error;
  const { meaning, handling, action } = FAILURES[code];
  return {
    type: `urn:maskloop:failure:${code}`,
    title: meaning,
    status: STATUSES[code] ?? BY_HANDLING[handling],
    detail: message,
    code,
    action,
    facts,
  };
}
