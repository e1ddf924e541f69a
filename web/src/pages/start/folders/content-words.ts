import type { FolderCounts } from '../../../../../src/contracts/offered-folder.ts';
import { countWords } from '../../../words/count-words.ts';

/** What lies in a folder, in words: `2 folders, 1,200 PNG, 3 other files`. */
export function contentWords({ folders, files, pngs, images }: FolderCounts): string {
  const others = files - images;
  const words = [
    ...(folders === 0 ? [] : [counted(folders, 'folder')]),
    ...(pngs === 0 ? [] : [`${countWords(pngs)} PNG`]),
    ...(images - pngs === 0 ? [] : [counted(images - pngs, pngs === 0 ? 'image' : 'other image')]),
    ...(others === 0 ? [] : [counted(others, images === 0 ? 'file' : 'other file')]),
  ];
  return words.length === 0 ? 'empty' : words.join(', ');
}

function counted(count: number, what: string): string {
  return `${countWords(count)} ${what}${count === 1 ? '' : 's'}`;
}
