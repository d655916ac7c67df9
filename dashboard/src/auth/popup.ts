/**
 * A sign-in in a window of its own, so that the page that asks for it stays as it is. The window ends at the callback
 * and hands its answer over by a channel that only pages of this origin share: it loses its opener on the way.
 */
import { SignInError } from './errors.ts';
import { randomValue } from './pkce.ts';

const CHANNEL = 'latchkey.sign-in';
/** Marks the state of such a sign-in, by which the callback knows that another page waits for it. */
const MARK = 'window.';

type Message = { readonly search: string };

export function popupState(): string {
  return MARK + randomValue();
}

/** Must be called straight from a click. @throws SignInError when the browser opens no window */
export function openPopup(): Window {
  const popup = window.open('', '_blank', 'popup,width=480,height=760');
  if (!popup) throw new SignInError('popup_blocked', 'The browser opened no window. Allow pop-ups for this page.');
  return popup;
}

/** The answer of the sign-in with this state, once its window is done. */
export function answerOfPopup(state: string): Promise<URLSearchParams> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    const answer = new URLSearchParams(data.search);
    // RFC 6749 §10.12: an answer that was not asked for here is not looked at.
    if (answer.get('state') === state) resolve(answer);
  };
  return promise.finally(() => channel.close());
}

/** In the window: hands over what the callback came with. False when this page load is no such callback. */
export function handOver(): boolean {
  if (!new URLSearchParams(location.search).get('state')?.startsWith(MARK)) return false;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ search: location.search } satisfies Message);
  channel.close();
  // The code is spent in a moment and has no place in the history.
  history.replaceState(null, '', location.pathname);
  window.close();
  return true;
}
