/**
 * The entries of a text with one a line. Commas part entries too: the vendor's dashboard wrote lists so, and people
 * paste them.
 */
export function linesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
