import { entry } from './entry.ts';

/** Failures of masks and COCO documents. */
export const MASK_FAILURES = {
  NotAPng: entry(
    'attention',
    'A mask file is not a PNG.',
    'Remove the file from the folder or replace it by a PNG mask.',
  ),
  TruncatedPng: entry('attention', 'A PNG ends before its image data are complete.', 'Copy or export the mask again.'),
  CorruptPng: entry(
    'attention',
    'A PNG contradicts itself or one of its check sums.',
    'Copy or export the mask again.',
  ),
  ImageTooLarge: entry(
    'attention',
    'A PNG declares more than 2^28 pixels.',
    'Split the image, or correct the damaged header.',
  ),
  ColourImage: entry('attention', 'A mask has several channels.', 'Save masks with one channel: grey or palette.'),
  UndeclaredCategory: entry(
    'attention',
    'A mask holds a value that no category declares.',
    'Declare the category, or pass --unknown skip to leave such pixels out; an iteration that has begun is cancelled and started again with it.',
  ),
  FrameSizeMismatch: entry(
    'attention',
    'A mask and its frame differ in size.',
    'Export the mask at the size of the frame, then cancel and start again.',
  ),
  EmptyMaskFolder: entry(
    'attention',
    'The mask folder holds no PNG file.',
    'Name the folder that holds the PNG masks.',
  ),
  InvalidCategories: entry(
    'attention',
    'The categories file cannot be used.',
    "Write COCO's list of categories (unique ids from 1, unique names), then start again with it.",
  ),
  UnreadableFile: entry(
    'attention',
    'A file cannot be read.',
    'Check that it exists and that its permissions allow reading.',
  ),
  OutputNotWritable: entry(
    'attention',
    'An output file cannot be written.',
    'Choose a folder that exists and is writable, with space left.',
  ),
  InvalidDataset: entry('attention', 'A COCO document cannot be used.', 'Create the dataset again.'),
  InvalidRle: entry('attention', 'A run-length encoding does not describe its image.', 'Create the dataset again.'),
  InputChanged: entry(
    'attention',
    'The masks or images are not those that the iteration was started with.',
    'Put the files back and retry, or cancel and start again with the new ones.',
  ),
};
