import { z } from 'zod';
import type { NoticeKind } from '../../contracts/notice.ts';
import { namesIn } from './fill-template.ts';
import { KNOWN_PLACEHOLDERS } from './placeholders.ts';

/** A text in which every placeholder is one that notices of the kind fill. */
export function filledText(kind: NoticeKind, given: z.ZodString) {
  const known: readonly string[] = KNOWN_PLACEHOLDERS[kind];
  return given.superRefine((words, context) => {
    for (const name of namesIn(words)) {
      if (known.includes(name)) continue;
      const message = `has the placeholder {${name}}; ${kind} knows {${known.join('}, {')}}`;
      context.addIssue({ code: 'custom', message });
    }
  });
}

/** Texts that replace ours, by kind of notice; another key is refused. @param of what a kind may have */
export function templatesByKind<T extends z.ZodType>(of: (kind: NoticeKind) => T) {
  return z.strictObject({
    'task-ready': of('task-ready'),
    reminder: of('reminder'),
    deadline: of('deadline'),
    attention: of('attention'),
    'server-away': of('server-away'),
    'server-back': of('server-back'),
    'training-done': of('training-done'),
    'loop-stopped': of('loop-stopped'),
    digest: of('digest'),
  } satisfies Record<NoticeKind, T>);
}
