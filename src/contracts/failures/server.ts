import { entry } from './entry.ts';

/** Failures of the server and of those who ask it. */
export const SERVER_FAILURES = {
  RequestInvalid: entry(
    'refused',
    'A request to the server is not made as its API says.',
    'Correct the named fields; /api/openapi.json describes every request.',
  ),
  RouteUnknown: entry(
    'refused',
    'The server has nothing at this address.',
    'See /api/openapi.json; server and client may be of different versions.',
  ),
  LoginNeeded: entry(
    'refused',
    'The server does not know who asks, or no longer.',
    'Log in again; on the command line set MASKLOOP_TOKEN or MASKLOOP_TOKEN_FILE to a token that holds.',
  ),
  IssuerUnreachable: entry(
    'refused',
    'The issuer of logins does not answer, so that nobody can be checked.',
    'Look at the address in MASKLOOP_OIDC_ISSUER or MASKLOOP_OIDC_JWKS_URL as the server reaches it.',
  ),
  AccessDenied: entry(
    'refused',
    'The one who asks may not do this.',
    'Ask somebody whose role and connections allow it; docs/access.md says who may do what.',
  ),
  PageForeign: entry(
    'refused',
    'A change was sent by a page that is none of the server’s own.',
    'Open the pages at an address that the server knows as its own. Behind a proxy set MASKLOOP_PUBLIC_URL to the address that people use, and MASKLOOP_TRUSTED_PROXIES to that of the proxy.',
  ),
  TooManyRequests: entry('refused', 'Too many attempts failed in a short time.', 'Wait as long as the answer says.'),
  TokenUnknown: entry(
    'refused',
    'Nobody has the token of a request, and too many wrong ones have come from its address.',
    'Use a token that holds, on the command line as MASKLOOP_TOKEN or MASKLOOP_TOKEN_FILE: it is let in at once. With this one it does not help to wait.',
  ),
  FileUnknown: entry(
    'refused',
    'The store has no file of this hash that the one who asks has put there, or was shown, since the server began.',
    'Put it into the store again, or open the iteration or loop that names it; then try again.',
  ),
  FolderNotOffered: entry(
    'refused',
    'A folder of the machine of the workers is not one that may be named from outside.',
    'Upload the files, or have an operator add the folder to MASKLOOP_ROOTS of the server.',
  ),
  PictureRefused: entry(
    'refused',
    'A picture of a frame is too large for a page, or none that can be shown.',
    'Look at the frame in CVAT.',
  ),
  UploadDiffers: entry(
    'refused',
    'The bytes that arrived do not have the hash that they were announced with.',
    'Send the file again; it may have changed meanwhile.',
  ),
  UploadIncomplete: entry(
    'refused',
    'Parts of a file that is to be unpacked have not arrived, or waited too long.',
    'Upload the same file again: only what is missing is sent.',
  ),
  ZipRefused: entry(
    'refused',
    'An uploaded zip file is none that can be unpacked safely.',
    'Zip the folder again, without links and without a password; or unpack it and upload the folder.',
  ),
  ServerUnreachable: entry(
    'refused',
    'The server at MASKLOOP_URL does not answer.',
    'Start it (`maskloop server`), or correct MASKLOOP_URL; without it the commands talk to Temporal.',
  ),
  ServerAnswerUnknown: entry(
    'refused',
    'The server at MASKLOOP_URL answers in words that this version does not know.',
    'Check that MASKLOOP_URL leads to a maskloop server, of the same version as this program.',
  ),
};
