import { cocoEntries } from './coco-export.ts';
import type { Dataset } from './dataset.ts';
import { maskEntries } from './mask-export.ts';
import type { ZipEntry } from '../media/zip.ts';

export interface ExportFormat {
  readonly name: string;
  readonly version: string;
  entries(dataset: Dataset, withImages: boolean): ZipEntry[];
}

/** The formats that the stand-in exports; the real server has many more. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  { name: 'COCO 1.0', version: '1.0', entries: cocoEntries },
  { name: 'Segmentation mask 1.1', version: '1.1', entries: maskEntries },
];
