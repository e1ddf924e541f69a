/** A piece of HTML. Texts become one only by escaping, so nothing that a person named can be more than text. */
export interface Markup {
  readonly markup: string;
}

export type Content = Markup | string | readonly Content[] | null;

type Attributes = Readonly<Record<string, string | number | null>>;

/** Elements without an end. */
const EMPTY: ReadonlySet<string> = new Set(['meta', 'image', 'path', 'br']);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in an element as in an attribute. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** An element; `null` content and attributes are left out. */
export function element(name: string, attributes: Attributes, ...content: readonly Content[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
  if (EMPTY.has(name)) return { markup: `<${name}${written}/>` };
  return { markup: `<${name}${written}>${markupOf(content)}</${name}>` };
}

/** Markup of our own making, taken as it is. */
export function verbatim(markup: string): Markup {
  return { markup };
}

function markupOf(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'string') return escapeText(content);
  return 'markup' in content ? content.markup : content.map(markupOf).join('');
}
