/** Users come in from a file and go out into one, as an administrator does it: progress, errors, and the way back. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { makeWorker } from '../../server/api/jobs/run.ts';
import { onEmbeddedServer } from '../../server/testing.ts';
import { launchBrowser } from './chromium.ts';
import { goWithin, lookAt, signInToDashboard } from './dashboard-session.ts';

const DATABASE = 'Username-Password-Authentication';

onEmbeddedServer('imports and exports in the dashboard', (server) => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await signInToDashboard(server, browser, '/users');
  });
  after(() => browser?.close());

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string | RegExp) => page.getByRole('main').getByRole('link', { name });
  const said = (text: string | RegExp) => page.getByText(text).first().waitFor();
  /** Nothing works in the background of this server: a job is done when a test says so. */
  const work = async () => {
    const worker = makeWorker(server.services);
    while (await worker.work());
  };
  const choose = async (content: string, name = 'users.json') => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'File', exact: true }).click();
    const chooser = await choosing;
    await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  };
  const fact = async (label: string) =>
    page.getByRole('term').filter({ hasText: label }).locator('xpath=following-sibling::dd').textContent();

  test('a file that would be refused is not sent', async () => {
    await link('Import').click();
    await heading('Import users').waitFor();
    await choose('email\na@example.com');
    await said('This is no list of users');
    assert.ok(await button('Import').isDisabled());
    await choose('[\n{ "email": "a@example.com" },\n{ "email": }\n]');
    await said(/look at line 3/);
    await lookAt(page, 'import-refused');
  });

  test('a file is imported; its progress is shown, also to who left and came back', async () => {
    const rows = [
      ...Array.from({ length: 250 }, (_, n) => ({ email: `person${n}@example.com`, name: `Person ${n}` })),
      { email: 'person1@example.com' },
      { email: 'not an address' },
      { given_name: '<Nobody>' },
    ];
    await choose(JSON.stringify(rows));
    await said('253 users');
    await page.getByRole('textbox', { name: 'External ID' }).fill('spring clean');
    await lookAt(page, 'import');
    await button('Import').click();
    await heading('Import of users').waitFor();
    await said('Waiting');
    await lookAt(page, 'import-waiting');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click();
    await link('Import').click();
    await page.getByRole('list', { name: 'Recent imports' }).getByRole('link', { name: 'spring clean' }).click();
    await heading('Import of users').waitFor();
    await work();
    await said('100 %');
    assert.deepEqual([await fact('Inserted'), await fact('Updated'), await fact('Failed')], ['250', '0', '3']);
  });

  test('the rows that failed are shown with their reasons, and can be taken along', async () => {
    const failed = page.getByRole('list', { name: 'Rows that failed' }).getByRole('listitem');
    await failed.first().waitFor();
    assert.equal(await failed.count(), 3);
    await failed.filter({ hasText: 'person1@example.com' }).getByText('The user already exists.').waitFor();
    await failed.filter({ hasText: '<Nobody>' }).getByText('OBJECT_REQUIRED').waitFor();
    await lookAt(page, 'import-done');
    const downloading = page.waitForEvent('download');
    await button('Download all').click();
    const file = JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
    assert.deepEqual(
      file.map(({ user }: { user: { email?: string } }) => user.email),
      ['person1@example.com', 'not an address', undefined],
    );
  });

  test('a file that takes its time shows how much of it is sent, and is taken back', async () => {
    const rows = Array.from({ length: 4000 }, (_, n) => ({ email: `slow${n}@example.com`, name: 'x'.repeat(150) }));
    const devtools = await page.context().newCDPSession(page);
    const send = (uploadThroughput: number) =>
      devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    const sent = page.getByRole('progressbar', { name: 'How much is sent' });
    await link('Import users').click();
    await choose(JSON.stringify(rows));
    await said('4,000 users');
    await send(15_000);
    await button('Import').click();
    await said('The file is on its way to the server');
    await sent.and(page.locator(':not([aria-valuenow="0"])')).waitFor();
    await page.getByText(/^[\d.]+ kB of \d+ kB$/).waitFor();
    await lookAt(page, 'import-sending');
    await button('Cancel').click();
    await sent.waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.equal((await server.make('GET', '/users-by-email?email=slow0@example.com')).length, 0);
    await button('Import').click();
    await sent.waitFor();
    await send(-1);
    await heading('Import of users').waitFor();
    await work();
    await said('100 %');
    assert.equal(await fact('Inserted'), '4,000');
  });

  test('users that are there are updated when that is asked for', async () => {
    await link('Import users').click();
    await choose(JSON.stringify([{ email: 'person1@example.com', nickname: 'primus' }]));
    await page.getByRole('switch', { name: 'Update users that are there' }).click({ force: true });
    await button('Import').click();
    await heading('Import of users').waitFor();
    await work();
    await said('100 %');
    assert.equal(await fact('Updated'), '1');
    const [user] = await server.make('GET', '/users-by-email?email=person1@example.com');
    assert.equal(user.nickname, 'primus');
  });

  test('users are exported into a file, which its link fetches', async () => {
    await goWithin(page, '/users/export');
    await page.getByRole('combobox', { name: 'Connection' }).click();
    await page.getByRole('option', { name: DATABASE }).click();
    await page.getByRole('combobox', { name: 'Fields' }).fill('email');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Fields' }).fill('user_metadata.plan');
    await page.keyboard.press('Enter');
    const title = page.getByRole('textbox', { name: 'Name of user_metadata.plan in the file' });
    await title.fill('email');
    await said('Another field is called email.');
    assert.ok(await button('Export').isDisabled());
    await title.fill('plan');
    await page.getByRole('textbox', { name: 'At most' }).fill('many');
    await said('Enter a whole number');
    await page.getByRole('textbox', { name: 'At most' }).fill('100');
    await lookAt(page, 'export');
    await button('Export').click();
    await heading('Export of users').waitFor();
    await work();
    await link('Download the file').waitFor();
    assert.equal(await fact('Fields'), 'email, user_metadata.plan as plan');
    await lookAt(page, 'export-done');
    const downloading = page.waitForEvent('download');
    await link('Download the file').click();
    const text = gunzipSync(await readFile(await (await downloading).path())).toString();
    const lines = text.trim().split('\r\n');
    assert.equal(lines[0], 'email,plan');
    assert.equal(lines.length, 101);
    await goWithin(page, '/users/export');
    await page.getByRole('list', { name: 'Recent exports' }).getByRole('link', { name: DATABASE }).waitFor();
  });

  test('a file of yesterday is told to be gone, and a job that nobody knows leads back', async () => {
    server.advance(25 * 3_600_000);
    await page.context().clearCookies();
    await page.close();
    page = await signInToDashboard(server, browser, '/users/export');
    await page.getByRole('list', { name: 'Recent exports' }).getByRole('link', { name: DATABASE }).click();
    await said('The file is gone');
    await goWithin(page, '/users/jobs/job_unknown');
    await link('Go to users').click();
    await heading('Users').waitFor();
  });
});
