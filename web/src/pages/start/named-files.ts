import type { IterationInput } from '../../../../src/contracts/iteration.ts';
import type { NamedFiles } from '../../uploads/sent-files.ts';

type Naming = Pick<IterationInput, 'masks' | 'compareWith' | 'images' | 'categories' | 'training'>;

/** The files that a start names, in words of its fields. */
export function namedFiles({ masks, compareWith, images, categories, training }: Naming): readonly NamedFiles[] {
  const heldOut = training?.heldOut;
  const all = [
    ['masks', masks ?? compareWith],
    ['images', images],
    ['classes', categories],
    ...(heldOut?.kind === 'names' ? [['names of held-out frames', heldOut.list] as const] : []),
    ...(heldOut?.kind === 'folder'
      ? [['held-out images', heldOut.images] as const, ['held-out masks', heldOut.masks] as const]
      : []),
  ] as const;
  return all.flatMap(([what, ref]) => (ref === null || ref === undefined ? [] : [{ what, uri: ref.uri }]));
}
