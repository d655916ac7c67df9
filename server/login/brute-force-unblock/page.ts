/** Lifting a block by the link of a mail. Markup only; `prompt.ts` decides. */
import { html } from '../../http/html.ts';
import { type FormView, form, submit } from '../form.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { fill, texts } from '../texts.ts';

export type UnblockView =
  | (FormView & { readonly status: 'confirm'; readonly email: string })
  | (PageView & { readonly status: 'done' | 'failed' });

const SCREENS = {
  confirm: 'brute-force-protection-unblock',
  done: 'brute-force-protection-unblock-success',
  failed: 'brute-force-protection-unblock-failure',
} as const;

export function renderUnblock(given: UnblockView): string {
  const screen = SCREENS[given.status];
  const view = { ...given, screen };
  const t = texts(view);
  if (view.status === 'confirm') {
    const { title, description, buttonText } = t['brute-force-protection-unblock'];
    const body = html`${heading(title, fill(description, { email: view.email }))}
${form(view, submit(buttonText))}`;
    return renderPage({ ...view, title, beside: symbol('mail'), body });
  }
  const { title, description } = t[SCREENS[view.status]];
  return renderPage({
    ...view,
    title,
    beside: symbol(view.status === 'done' ? 'done' : 'clock'),
    body: heading(title, description),
  });
}
