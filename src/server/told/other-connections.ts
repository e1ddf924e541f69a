import type { Place } from '../../operations/lists/iteration-index.ts';
import { replaceWords } from './replace-words.ts';

/** Stands for whatever is of a connection that the one who asks does not see. */
export const ANOTHER = 'another';

/** The connection of iterations whose ids name none; as a word it may mean anything. */
const DEFAULT = 'default';

/** What a worker has, of which nothing else may be known here: `ConnectionUnknown` lists it. */
const LISTED = /(no connection named "[^"]*"); [^.]*\./gu;

/**
 * Texts without the connections, projects and iterations of somebody else. What the one who asks has written himself stays: to replace it would
 * tell that there is such a thing.
 *
 * @param connections those that he sees
 * @param own texts that he has written
 */
export function withoutOtherPlaces(
  connections: readonly string[],
  places: readonly Place[],
  own: readonly string[],
): (text: string) => string {
  const isSeen = ({ connection }: Place): boolean => connections.includes(connection);
  const known = new Set(places.filter(isSeen).flatMap(({ connection, project }) => [connection, project]));
  const words = new Set(places.filter((place) => !isSeen(place)).flatMap(wordsOf));
  for (const word of words) {
    if (word === DEFAULT || known.has(word) || own.some((text) => text.includes(word))) words.delete(word);
  }
  const withDefault = connections.includes(DEFAULT) ? null : /(connections? ["'`]?)default(?![\p{L}\p{N}_-])/giu;
  return (text) => {
    const without = replaceWords(text.replaceAll(LISTED, '$1.'), words, ANOTHER);
    return withDefault === null ? without : without.replaceAll(withDefault, `$1${ANOTHER}`);
  };
}

function wordsOf({ connection, project, id }: Place): readonly string[] {
  return [connection, project, id, decoded(id)];
}

/** As people write it. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
