import type { Category } from '../contracts/categories.ts';
import { annotationText } from './annotation-text.ts';
import type { CocoAnnotation, CocoImage } from './coco.ts';
import { asciiJson, lineAt, pythonJson, type PythonValue } from './python-json.ts';

/** How a document looks; what it says is the same in every layout. All text is ASCII. */
export interface DocumentLayout {
  /** What stands before each member of the document, and before each item of its lists. */
  readonly beforeMember: string;
  readonly beforeItem: string;
  image(image: CocoImage): string;
  annotation(annotation: CocoAnnotation): string;
  /** The members that come after images and annotations. */
  tail(value: readonly Category[] | Readonly<Record<string, string>>): string;
}

/** Depth of the document's members and of the items in their lists. */
const MEMBER = 1;
const ITEM = 2;

/** The layout of Python's `json.dump(document, indent=4)`. */
export const NOTEBOOK_LAYOUT: DocumentLayout = {
  beforeMember: lineAt(MEMBER),
  beforeItem: lineAt(ITEM),
  image: (image) => pythonJson({ ...image }, ITEM),
  annotation: annotationText,
  tail: (value) => pythonJson(plain(value), MEMBER),
};

/** A line for each image and annotation. */
export const COMPACT_LAYOUT: DocumentLayout = {
  beforeMember: '\n',
  beforeItem: '\n',
  image: asciiJson,
  annotation: asciiJson,
  tail: asciiJson,
};

function plain(value: readonly Category[] | Readonly<Record<string, string>>): PythonValue {
  return isList(value) ? value.map((category) => ({ ...category })) : value;
}

function isList(value: object): value is readonly Category[] {
  return Array.isArray(value);
}
