/** What a run found, as a table for the terminal and as a page to keep. */
import { cpus, totalmem } from 'node:os';
import { type Budget, CONNECTIONS } from './scenario.ts';

/** One scenario's medians. Times in milliseconds. */
export type Line = {
  readonly name: string;
  readonly operation: string;
  readonly value: number;
  readonly budget: Budget;
  readonly rate: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly errors: number;
  readonly passed: boolean;
};

const HEADINGS = ['scenario', 'measured', 'budget', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'failed', ''];

/** A Markdown table whose columns also line up as plain text. */
export function table(lines: readonly Line[]): string {
  const rows = [HEADINGS, ...lines.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const row = (texts: readonly string[]) => `| ${texts.map((text, i) => text.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = row(widths.map((width) => '-'.repeat(width)));
  return [row(rows[0]!), rule, ...rows.slice(1).map(row)].join('\n');
}

function cells(line: Line): string[] {
  const { limit, is, unit } = line.budget;
  return [
    line.name,
    line.value.toFixed(line.value < 10 ? 2 : 1),
    `at ${is} ${limit} ${unit}`,
    line.rate.toFixed(0),
    ...[line.p50, line.p95, line.p99].map((time) => time.toFixed(2)),
    String(line.errors),
    line.passed ? 'pass' : 'FAIL',
  ];
}

/** Where and when something was measured: the lines that every page of results begins with. */
export function circumstances(): string {
  const processors = cpus();
  const machine = `${processors.length} × ${processors[0]?.model ?? 'unknown'}`;
  return `- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${machine}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${process.arch}
- Node.js ${process.versions.node}`;
}

/** The page `results.md`. `s` is the yardstick in seconds. */
export function resultsPage(lines: readonly Line[], s: number): string {
  return `# Measured results

Written by \`npm run bench\`; do not edit.

${circumstances()}, SQLite, one process; ${CONNECTIONS} clients without a pause, on the same machine
- S, the processor time of one RS256 signature with a 2048-bit key: ${(s * 1e6).toFixed(0)} µs

${table(lines)}

A value in S is the processor time that one operation costs the server, all its threads included, divided by S: it
can be compared between machines. Rates and times are those of this machine with the clients on it. What very many users
cost is in [users-results.md](users-results.md), [import-results.md](import-results.md) and
[dashboard-results.md](dashboard-results.md).

${lines.map(({ name, operation }) => `- \`${name}\`: ${operation}`).join('\n')}
`;
}
