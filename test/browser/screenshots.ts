/**
 * Draws every page, and looks at each as `lookAt` does: `npm run screenshots`. No part of the test suite, whose walks
 * look at the pages that they come by. `SCREENSHOTS_OF` holds parts of the names of the wanted pages.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { makeClient, pkce } from '../../server/oidc/testing.ts';
import { addressesOf, onFilledServer, PAGES, PASSWORD, routePaths } from './dashboard-pages.ts';
import { lookAt, lookAtHosted, signInToDashboard } from './dashboard-session.ts';

const wanted = (process.env.SCREENSHOTS_OF ?? '').split(' ').filter(Boolean);
const isWanted = (name: string) => wanted.length === 0 || wanted.some((part) => name.includes(part));
const nameOf = (route: string) => `dashboard${route.replaceAll(/\/\$?/g, '-').replace(/-$/, '')}`;

test('every route has its page', () => {
  assert.deepEqual(Object.keys(PAGES).sort(), routePaths());
});

onFilledServer('screenshots', (server, walks) => {
  test('the dashboard', async (context) => {
    const page = await signInToDashboard(server, walks.browser);
    for (const { route, address } of addressesOf(walks.things)) {
      const name = nameOf(route);
      if (!isWanted(name)) continue;
      await context.test(name, async () => {
        await page.goto(`${server.base}/dashboard${address}`, { waitUntil: 'networkidle' });
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await lookAt(page, name);
      });
    }
  });

  test('the hosted pages', async (context) => {
    for (const [name, open] of Object.entries(HOSTED)) {
      if (!isWanted(name)) continue;
      await context.test(name, async () => {
        const page = await (await walks.browser.newContext({ reducedMotion: 'reduce' })).newPage();
        page.setDefaultTimeout(15_000);
        await open(page);
        await lookAtHosted(page, name);
        await page.context().close();
      });
    }
  });

  const linkIn = async (to: string) => {
    const { messages } = await server.make('GET', '/mailbox?per_page=100');
    const mail = messages.find((one: { to: string }) => one.to === to);
    return /http:\/\/\S+ticket=\S+/.exec(mail.text)![0];
  };
  /** Opens the login page of a client; with `callback` on this machine, which asks for consent. */
  const login = async (
    page: Page,
    more: Record<string, string> = {},
    callbacks = ['https://app.example.com/callback'],
  ) => {
    const client = await makeClient(server, { name: 'Acme Shop', callbacks });
    const request = {
      client_id: client.client_id,
      redirect_uri: callbacks[0]!,
      response_type: 'code',
      scope: 'openid email',
    };
    const query = new URLSearchParams({
      ...request,
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
      ...more,
    });
    await page.goto(`${server.base}/authorize?${query}`);
    return client;
  };
  const credentials = async (page: Page) => {
    await page.getByLabel('Email address').fill('grace.hopper@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
  };

  const HOSTED: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    'hosted-login': login,
    'hosted-login-wrong': async (page) => {
      await login(page);
      await page.getByLabel('Email address').fill('grace.hopper@example.com');
      await page.getByRole('textbox', { name: 'Password' }).fill('not it');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('alert').waitFor();
    },
    'hosted-signup': (page) => login(page, { screen_hint: 'signup' }),
    'hosted-forgot-password': async (page) => {
      await login(page);
      await page.getByRole('link', { name: 'Forgot password?' }).click();
      await page.getByRole('heading', { level: 1, name: /password/i }).waitFor();
    },
    'hosted-forgot-password-sent': async (page) => {
      await login(page, { screen_hint: 'reset-password' });
      await page.getByLabel('Email address').fill('grace.hopper@example.com');
      await page.getByRole('button', { name: 'Send link' }).click();
      await page.getByRole('heading', { level: 1, name: 'Check your email' }).waitFor();
    },
    'hosted-mfa-enrollment': async (page) => {
      await server.make('PUT', '/guardian/factors/otp', { enabled: true });
      const user_id = decodeURIComponent(walks.things.user!);
      const { ticket_url } = await server.make('POST', '/guardian/enrollments/ticket', { user_id, send_mail: false });
      await page.goto(ticket_url);
      await page.getByLabel('Code of six digits').fill('000000');
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByRole('alert').waitFor();
    },
    'hosted-reset-password': async (page) => {
      const { ticket } = await server.make('POST', '/tickets/password-change', {
        user_id: decodeURIComponent(walks.things.user!),
      });
      await page.goto(ticket);
    },
    'hosted-verify-email': async (page) => {
      const { ticket } = await server.make('POST', '/tickets/email-verification', {
        user_id: decodeURIComponent(walks.things.user!),
      });
      await page.goto(ticket);
    },
    'hosted-consent': async (page) => {
      await login(page, { audience: 'https://orders.example.com/', scope: 'openid email read:orders' }, [
        'http://localhost:9/callback',
      ]);
      await credentials(page);
      await page.getByRole('button', { name: 'Accept' }).waitFor();
    },
    'hosted-error': (page) => page.goto(`${server.base}/authorize?client_id=nobody&response_type=code`),
    'hosted-error-callback': async (page) => {
      const { client_id } = await makeClient(server, { name: 'Acme Shop' });
      const redirect_uri = `https://shop-staging.acme.example/callback?from=${'somewhere/far/away/'.repeat(20)}`;
      await page.goto(`${server.base}/authorize?${new URLSearchParams({ client_id, redirect_uri })}`);
    },
    'hosted-logout': async (page) => {
      await login(page);
      const client = await makeClient(server, { callbacks: ['https://app.example.com/callback'] });
      await page.goto(`${server.base}/oidc/logout?client_id=${client.client_id}`);
    },
    'hosted-setup': async (page) => {
      await page.goto(await linkIn('linus@example.com'));
    },
    'hosted-setup-gone': (page) => page.goto(`${server.base}/setup?ticket=over`),
    'hosted-not-found': (page) => page.goto(`${server.base}/u/nowhere`),
  };
});
