/** Markdown as text: the few shapes that generated pages are made of. */

/** The first lines of a generated page; whoever opens it learns where to make a change instead. */
export function generatedFrom(...sources: readonly string[]): string {
  return `<!-- Made by \`npm run docs\` from ${sources.join(', ')}. Change these, not this page. -->`;
}

/** A table; cells are Markdown. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

/** Text as code, in a cell too. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** The address of a heading on the same page, as GitHub makes it. */
export function anchor(heading: string): string {
  return `#${heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')}`;
}

/** Parts of a page with an empty line between, and a line feed at the end; empty parts are left out. */
export function page(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
