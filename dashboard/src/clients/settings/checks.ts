/** What a form can tell about addresses before the server is asked. The server checks again, and more. */
import { linesOf } from '../../ui/lines.ts';

type Check = (value: unknown) => string | undefined;

/** Schemes that run or read something instead of leading to an application. */
const NO_PLACE = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']);

/** One address a line, each with a scheme and without a fragment (RFC 6749 §3.1.2). */
export const addressList: Check = (value) => firstProblem(value, addressProblem);

/** One origin a line: scheme, host and port. With a path it would never match. */
export const originList: Check = (value) =>
  firstProblem(value, (line) => {
    const problem = addressProblem(line);
    if (problem) return problem;
    const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?]+(.*)$/i.exec(line)?.[1];
    return path && path !== '/' ? `“${line}” must end after the host: no path and no query.` : undefined;
  });

/** An address of the web, or nothing. */
export const webAddress: Check = (value) => {
  const text = String(value).trim();
  if (text === '' || (/^https?:\/\/[^\s<>"]+$/.test(text) && URL.canParse(text))) return undefined;
  return 'Enter an address that starts with https://, or leave it empty.';
};

/** An https address that may hold placeholders in braces, or nothing. */
export const loginAddress: Check = (value) => {
  const text = String(value).trim();
  if (text === '' || (/^https:\/\/\S+$/.test(text) && !text.includes('#'))) return undefined;
  return 'Enter an https address without a fragment (#), or leave it empty.';
};

/** The name of a client, as the API has it. */
export const nameProblem: Check = (value) => (/[<>]/.test(String(value)) ? 'A name has no < and no >.' : undefined);

function firstProblem(value: unknown, check: (line: string) => string | undefined): string | undefined {
  for (const line of linesOf(String(value))) {
    const problem = check(line);
    if (problem) return problem;
  }
  return undefined;
}

function addressProblem(line: string): string | undefined {
  if (line.includes('#')) return `“${line}” holds a fragment (#), which is never sent to a server.`;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(line)) return `“${line}” needs a scheme, such as https://${line}.`;
  // Placeholders and subdomain wildcards stand where a name will be.
  const plain = line.replace(/\{[\w.]+\}/g, 'x').replaceAll('*', 'x');
  if (/\s/.test(line) || !URL.canParse(plain)) return `“${line}” is not an address.`;
  return NO_PLACE.has(new URL(plain).protocol) ? `“${line}” is no address of an application.` : undefined;
}
