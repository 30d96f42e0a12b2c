// kernel: rows that align, for terminals.

/** Columns from `numbersFrom` on are aligned right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], numbersFrom: number): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column < numbersFrom ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(head), rule, ...rows.map(line), ''].join('\n');
}
