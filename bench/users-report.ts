/** What a run with very many users found, as a table for the terminal and as a page to keep. */
import type { Plan } from '../server/storage/explain.ts';
import { circumstances } from './report.ts';

/** One operation. Times in milliseconds. */
export type Line = {
  readonly name: string;
  /** What was asked, of one request as an example. */
  readonly path: string;
  /** Processor time of the server for one request. */
  readonly busy: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly plans: readonly Plan[];
  readonly scans: readonly string[];
  readonly passed: boolean;
};

export type Measured = {
  readonly engine: string;
  readonly lines: readonly Line[];
  readonly fill: { readonly seconds: number; readonly peakBytes: number; readonly filled: number };
};

/** A Markdown table whose columns also line up as plain text. */
export function table({ lines }: Measured): string {
  const headings = ['operation', 'p50 ms', 'p95 ms', 'p99 ms', 'processor ms', 'full scans', ''];
  const rows = lines.map(({ name, busy, p50, p95, p99, scans, passed }) => [
    name,
    ...[p50, p95, p99, busy].map((time) => time.toFixed(1)),
    String(scans.length),
    passed ? 'pass' : 'FAIL',
  ]);
  const widths = headings.map((_, column) => Math.max(3, ...[headings, ...rows].map((row) => row[column]!.length)));
  const line = (texts: readonly string[]) => `| ${texts.map((text, i) => text.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The page `users-results.md`. */
export function resultsPage(results: readonly Measured[], count: number, limit: number): string {
  return `# Measured with ${count.toLocaleString('en')} users

Written by \`npm run bench:users\`; do not edit. Every operation must answer 95 of 100 requests in less than ${limit} ms and
must not read a whole table.

${circumstances()}, one process; one client on the same machine, which asks over HTTP, one request after the other
${results.map((measured) => `\n${section(measured)}`).join('\n')}`;
}

function section(measured: Measured): string {
  const { engine, fill, lines } = measured;
  return `## ${engine}

${fill.filled === 0 ? 'Filled by an earlier run.' : filled(fill)}

${table(measured)}

Query plans of one request each, in the order in which its statements run:

${lines.map(plansOf).join('\n')}`;
}

function filled({ filled, seconds, peakBytes }: Measured['fill']): string {
  return `Filled in ${seconds.toFixed(0)} s (${(filled / seconds).toFixed(0)} users a second, logins, memberships and roles
included), by a process that had at most ${(peakBytes / 1e6).toFixed(0)} MB resident.`;
}

function plansOf({ name, path, plans }: Line): string {
  const steps = plans.flatMap(({ steps }, index) => steps.map((step) => `${index + 1}  ${shortened(step)}`));
  return `**${name}** — \`${shortened(decodeURIComponent(path))}\`\n\n\`\`\`\n${steps.join('\n')}\n\`\`\`\n`;
}

/** Lists of fifty ids say nothing. */
function shortened(text: string): string {
  return text.length > 180 ? `${text.slice(0, 177)}...` : text;
}
