/** Fills `{{name}}` in a guide. @throws TypeError for a name that nobody gave: a guide must not show its gaps. */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`Nothing to fill in for ${name}.`);
    return value;
  });
}
