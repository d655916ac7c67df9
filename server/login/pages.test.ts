/** Every hosted page in every state: what it needs without scripts, and what axe finds in a browser, light and dark. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../test/browser/chromium.ts';
import { passwordRules } from '../connections/database/policy.ts';
import { stylesheet } from './assets.ts';
import { renderUnblock } from './brute-force-unblock/page.ts';
import { renderConsent } from './consent/page.ts';
import { renderError } from './error/page.ts';
import { renderForgotPassword } from './forgot-password/page.ts';
import { renderLogin } from './login/page.ts';
import { renderLogout } from './logout/page.ts';
import { renderMfaEnrollment } from './mfa-enrollment/page.ts';
import { renderResetPassword } from './reset-password/page.ts';
import { renderSignup } from './signup/page.ts';
import { texts } from './texts.ts';
import { renderVerifyEmail } from './verify-email/page.ts';

const NONCE = 'bm9uY2U';
const { errors } = texts('en');
const HOSTILE = '<script>alert("x")</script>';

const page = {
  brand: { name: 'Meridian Travel', support_url: 'https://meridian.example/help' },
  nonce: NONCE,
  locale: 'en',
};
const form = { ...page, csrf: 'csrf-token', state: 'state-1', action: '/u/login?state=state-1' };
const login = {
  ...form,
  clientName: 'Trip Planner',
  requiresUsername: false,
  forgotPasswordUrl: '/u/forgot-password?state=state-1',
  signupUrl: '/u/signup?state=state-1',
  connections: [],
};
const connections = [
  { name: 'google-oauth2', label: 'Google', url: '/u/login/google' },
  { name: 'meridian-ad', label: 'Meridian staff', url: '/u/login/ad' },
];
const signup = {
  ...form,
  clientName: 'Trip Planner',
  requiresUsername: false,
  rules: passwordRules({ passwordPolicy: 'good' }),
  loginUrl: '/u/login?state=state-1',
  connections: [],
};
const reset = { ...form, email: 'ada@meridian.example', rules: passwordRules({ passwordPolicy: 'fair' }) };
const consent = {
  ...form,
  client: { name: 'Trip Planner' },
  account: 'ada@meridian.example',
  switchAccountUrl: '/u/login',
  apis: [
    {
      name: 'Your profile',
      scopes: [
        { value: 'profile', description: 'Read your name and picture' },
        { value: 'email', description: 'Read your email address' },
      ],
    },
    {
      name: 'Bookings API',
      scopes: [
        { value: 'read:bookings', description: 'See your bookings' },
        { value: 'cancel:bookings_of_the_family' },
      ],
    },
  ],
  redirectHost: 'planner.example',
};
const WIDE_LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60"><rect width="240" height="60" rx="16" fill="#d4436a"/></svg>';
const ownLogo = { ...page.brand, logo_url: '/wide.svg' };
const ownColors = { name: 'Sunny', primary_color: '#ffd500', page_background: '#222' };
const ownDarkColors = { ...page.brand, primary_color: '#1a0933', page_background: '#fafafa' };

const PAGES: Record<string, string> = {
  login: renderLogin(login),
  'login-error': renderLogin({ ...login, username: 'ada@meridian.example', error: errors['wrong-email-credentials'] }),
  'login-fields': renderLogin({
    ...login,
    fieldErrors: { username: errors['no-email'], password: errors['no-password'] },
  }),
  'login-social': renderLogin({ ...login, requiresUsername: true, connections, brand: { name: 'Latchkey' } }),
  'login-only-social': renderLogin({ ...login, passwordForm: false, connections }),
  'login-nothing': renderLogin({ ...login, passwordForm: false }),
  'login-colors': renderLogin({ ...login, connections, brand: { ...page.brand, ...ownColors } }),
  'login-dark-colors': renderLogin({ ...login, connections, brand: ownDarkColors }),
  signup: renderSignup(signup),
  'signup-error': renderSignup({
    ...signup,
    requiresUsername: true,
    email: 'ada@meridian.example',
    username: 'ada',
    rules: passwordRules({ passwordPolicy: 'excellent' }),
    fieldErrors: { password: errors['password-too-weak'] },
  }),
  'forgot-password': renderForgotPassword({ ...form, status: 'form', loginUrl: '/u/login' }),
  'forgot-password-sent': renderForgotPassword({
    ...page,
    status: 'sent',
    email: 'ada@meridian.example',
    loginUrl: '/u/login',
    retryUrl: '/u/forgot-password',
  }),
  'reset-password': renderResetPassword({
    ...reset,
    status: 'form',
    fieldErrors: { password_confirmation: errors['password-mismatch'] },
  }),
  'reset-password-done': renderResetPassword({ ...page, status: 'done', continueUrl: '/u/login' }),
  'reset-password-expired': renderResetPassword({ ...page, status: 'expired' }),
  'reset-password-used': renderResetPassword({ ...page, status: 'used', continueUrl: '/u/login' }),
  'verify-email': renderVerifyEmail({ ...form, status: 'confirm', email: 'ada@meridian.example' }),
  'verify-email-done': renderVerifyEmail({ ...page, status: 'done', continueUrl: 'https://planner.example/' }),
  'verify-email-expired': renderVerifyEmail({ ...page, status: 'expired' }),
  unblock: renderUnblock({ ...form, status: 'confirm', email: 'ada@meridian.example' }),
  'unblock-done': renderUnblock({ ...page, status: 'done' }),
  'unblock-failed': renderUnblock({ ...page, status: 'failed' }),
  'verify-email-used': renderVerifyEmail({ ...page, status: 'used' }),
  consent: renderConsent(consent),
  'consent-logos': renderConsent({
    ...consent,
    client: { name: 'Trip Planner', logo_url: '/wide.svg' },
    brand: ownLogo,
  }),
  'mfa-enrollment': renderMfaEnrollment({
    ...form,
    status: 'form',
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    uri: 'otpauth://totp/Meridian:ada%40meridian.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Meridian',
    account: 'ada@meridian.example',
    fieldErrors: { code: errors['invalid-code'] },
  }),
  'mfa-enrollment-done': renderMfaEnrollment({ ...page, status: 'done' }),
  'mfa-enrollment-enrolled': renderMfaEnrollment({ ...page, status: 'enrolled' }),
  error: renderError({
    ...page,
    title: 'This log-in can’t go on',
    message: 'The address to return to is not one that this application has registered.',
    code: 'invalid_request',
    trackingId: '9f2c4a1be07d43c8b5a6',
  }),
  logout: renderLogout({ ...form, status: 'confirm', account: 'ada@meridian.example', cancelUrl: '/' }),
  'logout-done': renderLogout({ ...page, status: 'done', loginUrl: '/u/login' }),
};

test('forms carry their hidden values and post to their own address', () => {
  for (const name of ['login', 'signup', 'forgot-password', 'reset-password', 'verify-email', 'consent', 'logout']) {
    const markup = PAGES[name]!;
    assert.match(markup, /<form method="post" action="\/u\/login\?state=state-1">/, name);
    assert.match(markup, /<input type="hidden" name="_csrf" value="csrf-token">/, name);
    assert.match(markup, /<input type="hidden" name="state" value="state-1">/, name);
  }
});

test('no page carries an inline style or handler, and every script and style has the nonce', () => {
  for (const [name, markup] of Object.entries(PAGES)) {
    assert.doesNotMatch(markup, /<[^>]+\s(style|on\w+)=/, name);
    for (const [tag] of markup.matchAll(/<(script|style)\b[^>]*>/g)) assert.match(tag, / nonce="bm9uY2U"/, name);
    assert.match(markup, /^<!doctype html>\n<html lang="en" dir="ltr">/, name);
  }
});

test('the first bad field has the focus, is marked and names its error; passwords are never written back', () => {
  const markup = renderLogin({ ...login, username: 'ada', fieldErrors: { password: 'Enter your password.' } });
  assert.match(
    markup,
    /<input class="input" id="password"[^>]* aria-describedby="password-error" aria-invalid="true" autofocus/,
  );
  assert.match(markup, /<p class="field-error" id="password-error">Enter your password\.<\/p>/);
  assert.match(markup, /<input class="input" id="username"[^>]* value="ada"/);
  assert.match(markup, /role="alert"/);
  assert.equal(markup.match(/ autofocus/g)!.length, 1);
  assert.doesNotMatch(markup, /id="password"[^>]*value=/);
  assert.doesNotMatch(PAGES.login!, /role="alert"/);
});

test('what is not offered is not there', () => {
  const bare = renderLogin({ ...login, signupUrl: undefined, forgotPasswordUrl: undefined, clientName: undefined });
  assert.doesNotMatch(bare, /Sign up|Forgot|to continue/);
  assert.match(PAGES.login!, /Email address/);
  assert.match(PAGES['login-social']!, /Username or email address/);
  assert.doesNotMatch(PAGES['login-only-social']!, /<form/);
});

test('password managers learn what a field is and which rules a new password has', () => {
  assert.match(PAGES.login!, /id="username"[^>]* autocomplete="username"/);
  assert.match(PAGES.login!, /id="password"[^>]* autocomplete="current-password"/);
  assert.match(
    PAGES['signup-error']!,
    /autocomplete="new-password"[^>]* passwordrules="minlength: 10; required: lower; required: upper; required: digit; max-consecutive: 2;"/,
  );
});

test('nothing that is configured or typed becomes markup', () => {
  const brand = {
    name: HOSTILE,
    logo_url: 'javascript:alert(1)',
    primary_color: `red;}${HOSTILE}`,
    support_url: HOSTILE,
  };
  const markup = [
    renderLogin({ ...login, brand, clientName: HOSTILE, username: HOSTILE, error: HOSTILE, csrf: HOSTILE }),
    renderConsent({ ...consent, brand, client: { name: HOSTILE, logo_url: HOSTILE }, account: HOSTILE }),
    renderError({ ...page, brand, locale: '"><script>', title: HOSTILE, message: HOSTILE, code: HOSTILE }),
  ].join('');
  assert.equal(markup.match(/<script/g)!.length, 3);
  assert.doesNotMatch(markup, /javascript:|<style|<img/);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
describe('In a browser', () => {
  let browser: Browser;
  let server: Server;
  let origin: string;

  before(async () => {
    browser = await launchBrowser();
    // The policy that these pages are sent with: what it forbids must not be needed.
    const policy = `default-src 'none'; style-src 'self' 'nonce-${NONCE}'; script-src 'nonce-${NONCE}'; img-src 'self' https: data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;
    server = createServer((request, response) => {
      const files: Record<string, [string, string]> = {
        [stylesheet.path]: ['text/css', stylesheet.content],
        '/wide.svg': ['image/svg+xml', WIDE_LOGO],
      };
      const [type, body] = files[request.url!] ?? ['text/html; charset=utf-8', PAGES[request.url!.slice(1)]];
      response.writeHead(body ? 200 : 404, { 'content-type': type, 'content-security-policy': policy });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    await browser?.close();
    server?.close();
  });

  test('axe finds nothing on any page, light and dark, and nothing overflows on a small phone', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 640 }, reducedMotion: 'reduce' });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    const violations = async (options: object) =>
      (
        (await tab.evaluate(`axe.run(${JSON.stringify({ resultTypes: ['violations'], ...options })})`)) as AxeResults
      ).violations.map(({ id, nodes }) => `${id} ${nodes[0]!.html}`);
    for (const name of Object.keys(PAGES)) {
      await tab.emulateMedia({ colorScheme: 'light' });
      await tab.goto(`${origin}/${name}`);
      // Through the debugger, which the page's policy does not bind.
      await tab.evaluate(axe);
      assert.deepEqual(await violations({}), [], name);
      assert.equal(await tab.evaluate('document.documentElement.scrollWidth'), 360, `${name} overflows`);
      const small = await tab.$$eval('a:not(.hint a), button, input:not([type=hidden])', (targets) =>
        targets
          .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 44)
          .map((target) => target.outerHTML),
      );
      assert.deepEqual(small, [], `${name} has targets below 44 px`);
      // Light and dark differ in colours, and in nothing else.
      await tab.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await violations({ runOnly: ['color-contrast', 'link-in-text-block'] }), [], `${name}, dark`);
      assert.deepEqual(complaints, [], name);
    }
    await context.close();
  });

  test('a password can be shown, and its rules are checked while typing', async () => {
    const tab = await browser.newPage();
    await tab.goto(`${origin}/signup`);
    await tab.fill('#password', 'abcdefg1');
    const met = () => tab.$$eval('.rules .met', (items) => items.map((item) => item.getAttribute('data-rule')));
    assert.deepEqual(await met(), ['lengthAtLeast', 'lowerCase', 'numbers']);
    await tab.fill('#password', 'abcdef1!');
    assert.deepEqual(await met(), ['lengthAtLeast', 'containsAtLeast', 'lowerCase', 'numbers', 'specialCharacters']);
    await tab.click('[aria-label="Show password"]');
    assert.equal(await tab.getAttribute('#password', 'type'), 'text');
    await tab.click('[aria-label="Hide password"]');
    assert.equal(await tab.getAttribute('#password', 'type'), 'password');
    await tab.close();
  });

  test('a locked Caps Lock is told while a password is typed', async () => {
    const tab = await browser.newPage();
    await tab.goto(`${origin}/login`);
    const press = (isLocked: boolean) =>
      tab.evaluate(`password.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: ${isLocked} }))`);
    await press(true);
    assert.equal(await tab.getByRole('status').textContent(), 'Caps Lock is on.');
    await press(false);
    assert.equal(await tab.getByRole('status').textContent(), '');
    await tab.close();
  });

  test('without scripts nothing is offered that needs them', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(`${origin}/signup`);
    assert.equal(await tab.isVisible('.reveal'), false);
    assert.equal(await tab.isVisible('text=At least 8 characters'), true);
    await context.close();
  });
});
