/** What a person sees when something failed that cannot be told to the application. Markup only. */
import { html } from '../../http/html.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { texts } from '../texts.ts';

export type ErrorView = PageView & {
  readonly title: string;
  readonly message: string;
  /** The code of the error, such as `invalid_request`. */
  readonly code?: string;
  /** More for whoever made the application, by its name. */
  readonly details?: Readonly<Record<string, string>>;
  /** Finds the event in the logs. */
  readonly trackingId?: string;
};

export function renderError(given: ErrorView): string {
  const view = { ...given, screen: 'error' };
  const { codeText, trackingText } = texts(view).error;
  const always = [
    [codeText, view.code],
    [trackingText, view.trackingId],
  ];
  const facts = [...Object.entries(view.details ?? {}), ...always].filter(([, value]) => value);
  const body = html`${heading(view.title, view.message)}
${
  facts.length > 0 &&
  html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}`;
  return renderPage({ ...view, beside: symbol('warning'), body });
}
