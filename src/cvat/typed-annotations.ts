import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { NativeAnnotations } from './native-annotations.ts';
import type { Annotations } from './cvat.ts';
import { annotationsWire } from './wire/annotations.ts';

/** What of native annotations the rest of maskloop works with. @throws `CvatUnexpectedAnswer`, naming the place */
export function typedAnnotations(held: NativeAnnotations): Annotations {
  const parsed = annotationsWire.safeParse(held);
  if (parsed.success) return parsed.data;
  throw new MaskloopError('CvatUnexpectedAnswer', `CVAT's annotations: ${z.prettifyError(parsed.error)}`);
}
