/** Text for a page: nothing of it is markup. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The same text as HTML: lines as lines, addresses as links, everything else escaped. */
export function htmlText(text: string): string {
  const parts = text.split(/(https?:\/\/[^\s<>"']+)/);
  const marked = parts.map((part, index) => {
    const escaped = escapeHtml(part);
    return index % 2 === 1 ? `<a href="${escaped}">${escaped}</a>` : escaped.replaceAll('\n', '<br>\n');
  });
  return `<!doctype html>\n<html><body><p>${marked.join('')}</p></body></html>\n`;
}

/** Longest line of a subject, in characters. */
const MOST_SUBJECT = 200;

/** One line without control characters, so that nothing of a name can become a header of its own. */
export function headerText(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > MOST_SUBJECT ? `${line.slice(0, MOST_SUBJECT)}…` : line;
}
