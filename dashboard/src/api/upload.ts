/**
 * A request whose body is told of while it leaves, which `fetch` does not do. It knows nothing of what is sent.
 */

/** Statuses whose answers have no body, which a `Response` must not be given then. */
const WITHOUT_BODY = [204, 205, 304];

/**
 * @param onSent told what share of the body has left, from 0 to 1
 * @throws TypeError when no answer came, as `fetch` does; the reason of `signal` when that ended it
 */
export function upload(
  url: string,
  init: { method: string; headers: Headers; body: FormData; signal: AbortSignal | undefined },
  onSent: (share: number) => void,
): Promise<Response> {
  const { method, headers, body, signal } = init;
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const request = new XMLHttpRequest();
  request.open(method, url);
  headers.forEach((value, name) => {
    request.setRequestHeader(name, value);
  });
  request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0));
  request.addEventListener('load', () => resolve(answerOf(request)));
  request.addEventListener('error', () => reject(new TypeError('No answer came.')));
  request.addEventListener('abort', () => reject(signal?.reason));
  signal?.addEventListener('abort', () => request.abort());
  request.send(body);
  return promise;
}

function answerOf(request: XMLHttpRequest): Response {
  const { status } = request;
  const lines = request.getAllResponseHeaders().split('\r\n').filter(Boolean);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return new Response(WITHOUT_BODY.includes(status) ? null : request.responseText, { status, headers });
}
