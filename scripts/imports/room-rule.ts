import { builtinModules } from 'node:module';
import { COMPOSITION_ROOTS, ROOMS, type Room } from './import-table.ts';
import type { Use } from './scan-module.ts';

/** The room of a file below `src`; `web` for the pages, `root` for a composition root, null for anything else. */
export function roomOf(file: string): string | null {
  if (file.startsWith('web/')) return 'web';
  if (!file.startsWith('src/')) return null;
  if (COMPOSITION_ROOTS.includes(file)) return 'root';
  const [first = ''] = file.slice('src/'.length).split('/');
  return first.replace(/\.ts$/, '');
}

/** Why `from` may not import the file `to` of ours; null if it may. Both are paths from the project's root. */
export function whyNotFile(from: string, to: string): string | null {
  const here = roomOf(from);
  if (here === null || here === 'root') return null;
  const there = roomOf(to);
  if (there === null) return `${here} imports ${to}, which lies outside src`;
  const room = ROOMS[here];
  if (there === here || room?.rooms.includes(there) === true || room?.files?.includes(to) === true) return null;
  return `${here} may not import ${there} (${to})`;
}

/** Why `from` may not import the package or module of Node called `specifier`; null if it may. */
export function whyNotPackage(from: string, specifier: string): string | null {
  const here = roomOf(from);
  const room = here === null ? undefined : ROOMS[here];
  if (room === undefined) return null;
  if (specifier.startsWith('@temporalio/')) return whyNotTemporal(here, room, specifier);
  if (room.pure !== true) return null;
  const isBuiltin = specifier.startsWith('node:') || builtinModules.includes(specifier);
  return `${here} may not import ${isBuiltin ? 'modules of Node' : 'packages'} (${specifier})`;
}

function whyNotTemporal(here: string | null, room: Room, specifier: string): string | null {
  if (room.temporal.includes(specifier.slice('@temporalio/'.length))) return null;
  return `${here} may not import ${specifier}`;
}

/** Why `file` may not use what it uses; null if it may. */
export function whyNotUse(file: string, { what }: Use): string | null {
  if (what === 'export *') return '`export *` hides what is exported: name it';
  const here = roomOf(file);
  if (here === null || here === 'root') return null;
  if (what === 'process.env') return 'process.env is read by composition roots only';
  return ROOMS[here]?.terminal === true ? null : `${what} is written by cli/ and composition roots only`;
}

/** Why a file's place is wrong: its room stands in no row of the table. */
export function whyNotPlace(file: string): string | null {
  const room = roomOf(file);
  if (room === null || room === 'root' || Object.hasOwn(ROOMS, room)) return null;
  return `the room ${room} is not in scripts/imports/import-table.ts`;
}
