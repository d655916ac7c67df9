/** For tests: using a link as a person would, who opens it and sends the form of its page. */
import type { Answer, TestServer } from '../testing.ts';

/** Opens a link, sends its form, and answers what the page says then. */
export async function useLink(server: TestServer, link: string, fields: Record<string, string> = {}): Promise<Answer> {
  const { pathname, search } = new URL(link);
  const page = await server.get(pathname + search);
  if (page.status !== 200) return page;
  const cookie = page.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const hidden = [...page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const form = Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
  return server.post(pathname, { ...form, ...fields }, { headers: { cookie } });
}
