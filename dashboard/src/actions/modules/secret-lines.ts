/** Secrets as they are typed, one in each line. */
type Read = { secrets: { name: string; value: string }[] } | { problem: string };

/** Reads `NAME=value` lines; what is wrong is told with its line. */
export function secretsIn(text: string): Read {
  const secrets: { name: string; value: string }[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name = '', value = ''] = /^\s*([^=]*?)\s*=(.*)$/.exec(line) ?? [];
    if (name === '') return { problem: `Line ${at + 1} has no name: write NAME=value.` };
    if (value.trim() === '') return { problem: `${name} has no value: all values are entered again.` };
    if (secrets.some((one) => one.name === name)) return { problem: `${name} is there twice.` };
    secrets.push({ name, value: value.trim() });
  }
  return { secrets };
}
