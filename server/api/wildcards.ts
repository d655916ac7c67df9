/** Patterns in which `*` stands for any text. */

/**
 * Whether a text, in any case, is as the pattern says. Each piece is taken where it first fits, so that the text is gone
 * over once, whatever the pattern is: a regular expression would try every combination.
 */
export function wildcardMatcher(pattern: string): (text: string) => boolean {
  const [first = '', ...pieces] = pattern.toLowerCase().split('*');
  const last = pieces.pop();
  return (given) => {
    const text = given.toLowerCase();
    if (last === undefined) return text === first;
    const end = text.length - last.length;
    if (first.length > end || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of pieces) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}
