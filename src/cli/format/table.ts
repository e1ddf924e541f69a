const CHARACTERS = new Intl.Segmenter();

/**
 * Rows as aligned columns, two blanks apart, no blanks at the ends of lines. Widths count characters as people see them.
 *
 * @param rows cells without line breaks; the first row may be a heading
 * @returns one line a row, without a final line break; empty for no rows
 */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => {
    return Math.max(...rows.map((row) => length(row[column] ?? '')));
  });
  const lines = rows.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - length(cell));
}

function length(text: string): number {
  return Array.from(CHARACTERS.segment(text)).length;
}
