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
    'An image has more than 2^28 pixels, a PNG declares more than 2^29 bytes of them, or a mask changes its value more than 2^25 times.',
    'Split the image, or correct the damaged header.',
  ),
  TooManyComponents: entry(
    'attention',
    'A mask has more than 65,536 connected components that are not too small.',
    'Convert with --min-area to leave small components out, or without --instances components; an iteration that has begun is cancelled and started again with it.',
  ),
  ColourImage: entry(
    'attention',
    'The pixels of a mask are colours.',
    'Convert with --label-map and the colour of each class, or save masks with one channel: grey or palette.',
  ),
  UnknownColour: entry(
    'attention',
    'A mask holds a colour that the label map does not name.',
    'Add the colour to the label map, save the mask without blended edges, or convert with --unknown skip to leave such pixels out.',
  ),
  UndeclaredCategory: entry(
    'attention',
    'A mask holds a value that no category declares.',
    'Declare the category, or convert with --map (255=1), --ignore or --unknown skip; an iteration that has begun is cancelled and started again with it.',
  ),
  InvalidLabelMap: entry(
    'refused',
    'The label map cannot be used.',
    "Write CVAT's labelmap.txt, or JSON of colours, each once, with names or ids of categories.",
  ),
  InvalidValueMap: entry(
    'refused',
    'The values that are to be mapped or ignored contradict each other or the categories.',
    'Name each value once in --map and --ignore, and map to 0 or to the id of a category.',
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
  OutputExists: entry(
    'refused',
    'A file that would be written is there already.',
    'Choose another folder, or pass --overwrite to replace it.',
  ),
  UnsafeFileName: entry(
    'refused',
    'A file_name of a COCO document names no file inside the output folder.',
    'Correct the file_name: relative, without `..`, and through no link that leads out of the folder.',
  ),
  MaskNameTaken: entry(
    'refused',
    'Two images of a COCO document would become the same mask.',
    'Rename one of the two images in the document, or decode them from two documents.',
  ),
  DocumentTooLarge: entry(
    'attention',
    'A COCO document has 2 GiB or more, which cannot be read again.',
    'Split the masks over several folders and tasks, each with a document of its own; with --instances components, --min-area leaves small ones out.',
  ),
  InvalidDataset: entry(
    'attention',
    'A COCO document cannot be used.',
    'Correct the place that is named, or create the dataset again.',
  ),
  InvalidRle: entry(
    'attention',
    'A run-length encoding does not describe its image.',
    'Correct the annotation that is named, or create the dataset again.',
  ),
  InputChanged: entry(
    'attention',
    'The masks or images are not those that the iteration was started with.',
    'Put the files back and retry, or cancel and start again with the new ones.',
  ),
};
