/** Characters of an answer that go into a message and its facts. */
const LONGEST = 200;

/**
 * What an error body says, as one line of at most 200 characters: JSON in the shapes `{"detail"}`, `{"field": [..]}`,
 * `{"non_field_errors": [..]}`, a list or a string; the title of an HTML page; else the text itself. Empty for an empty body.
 */
export function answerText(body: string): string {
  const text = body.trim();
  const line = (asJson(text) ?? htmlTitle(text) ?? text).replaceAll(/\s+/g, ' ').trim();
  return shortened(line, LONGEST);
}

/** Cuts a text to a number of characters, without splitting a surrogate pair, and marks the cut. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

function asJson(text: string): string | null {
  if (!/^["[{]/.test(text)) return null;
  try {
    return said(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Flattens a JSON error: fields by name, their texts joined. Names that only wrap the text are left out. */
function said(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(said).filter(Boolean).join('; ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) =>
      name === 'detail' || name === 'non_field_errors' ? said(inner) : `${name}: ${said(inner)}`,
    )
    .join('; ');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

function htmlTitle(text: string): string | null {
  if (!/^<(?:!doctype|html|head|body|center|h1)\b/i.test(text)) return null;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? /<h1[^>]*>([^<]*)<\/h1>/i.exec(text)?.[1] ?? '';
  return `HTML page "${title.trim().replaceAll(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)}"`;
}
