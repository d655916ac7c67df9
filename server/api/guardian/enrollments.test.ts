/** Enrollments over HTTP: from the ticket, by the page it opens, to the enrollment and its end. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { totp } from '../../mfa/totp.ts';
import { makeBrowser, makeUser, USER } from '../../oidc/testing.ts';
import { type Answer, onEveryServer } from '../../testing.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The secret that a page shows, as an app would keep it. */
function secretOn(page: Answer): Buffer {
  const text = /<dd dir="ltr">([A-Z2-7 ]+)<\/dd>/.exec(page.text)![1]!.replaceAll(' ', '');
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
}

onEveryServer('Enrollments', (server) => {
  let user: { user_id: string };
  const tickets = '/guardian/enrollments/ticket';
  before(async () => {
    user = await makeUser(server);
  });

  const ticket = async (more: object = {}): Promise<string> => {
    const { ticket_id, ticket_url } = await server.make('POST', tickets, { user_id: user.user_id, ...more });
    assert.equal(ticket_url, `${server.issuer}u/mfa-enrollment?ticket=${ticket_id}`);
    return ticket_url;
  };
  /** Confirms the app by the code it shows now. The clock of the server may differ from ours by what tests advanced. */
  const confirm = async (url: string) => {
    const browser = makeBrowser(server);
    const page = await browser.get(url);
    const code = totp(secretOn(page), server.services.clock());
    return { page, code, answer: await browser.submit(page, { code }) };
  };
  const enrollmentId = async () => {
    const events = await server.make('GET', '/logs?per_page=100');
    return events.find((event: { type: string }) => event.type === 'gd_enrollment_complete').details.enrollment_id;
  };

  test('a ticket needs a factor that is on and a user that there is', async () => {
    const off = await server.api('POST', tickets, { user_id: user.user_id });
    assert.equal(off.status, 400);
    assert.equal(off.body.errorCode, 'factor_not_enabled');
    await server.make('PUT', '/guardian/factors/otp', { enabled: true });
    const unknown = await server.api('POST', tickets, { user_id: 'auth0|nobody' });
    assert.equal(unknown.status, 404);
    assert.equal(unknown.body.errorCode, 'inexistent_user');
    const other = await server.api('POST', tickets, { user_id: user.user_id, factor: 'phone' });
    assert.equal(other.body.errorCode, 'operation_not_supported');
  });

  test('bad input is refused', async () => {
    const bodies = [
      {},
      { user_id: 5 },
      { user_id: user.user_id, factor: 'pigeon' },
      { user_id: user.user_id, email: 'nobody' },
      { user_id: user.user_id, more: 1 },
    ];
    for (const body of bodies) {
      const answer = await server.api('POST', tickets, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
    for (const method of ['GET', 'DELETE'])
      assert.equal(
        (await server.api(method, '/guardian/enrollments/dev_none')).body.errorCode,
        'inexistent_enrollment',
      );
    const reader = await server.tokenWith('read:guardian_enrollments');
    assert.equal((await server.api('POST', tickets, { user_id: user.user_id }, reader)).status, 403);
  });

  test('the link shows a key; its code makes the enrollment, once', async () => {
    const url = await ticket({ factor: 'otp' });
    const browser = makeBrowser(server);
    const page = await browser.get(url);
    assert.equal(page.status, 200);
    assert.match(
      page.text,
      /href="otpauth:\/\/totp\/Latchkey:grace%40example\.com\?secret=[A-Z2-7]{32}&amp;issuer=Latchkey"/,
    );
    const wrong = await browser.submit(page, { code: '000000' });
    assert.equal(wrong.status, 400);
    assert.match(wrong.text, /not the code that the app shows/);
    assert.deepEqual(secretOn(wrong), secretOn(page), 'the key stays the same');

    const { answer } = await confirm(url);
    assert.equal(answer.status, 200);
    assert.match(answer.text, /All set/);
    assert.match((await browser.get(url)).text, /already used/);

    const id = await enrollmentId();
    const enrollment = await server.make('GET', `/guardian/enrollments/${id}`);
    assert.deepEqual([enrollment.id, enrollment.status], [id, 'confirmed']);
    assert.ok(Date.parse(enrollment.enrolled_at) > 0);
  });

  test('the key is sealed where it is kept', async () => {
    const { read } = server.services.database;
    const [row] = await read.query(read.build.selectFrom('authentication_methods').selectAll());
    assert.match(row!.secret_sealed!, /^v1\./);
    assert.doesNotMatch(row!.doc, /secret/);
  });

  test('who has a second factor adds another one only by a ticket that allows it', async () => {
    const page = await makeBrowser(server).get(await ticket());
    assert.equal(page.status, 400);
    assert.match(page.text, /have a second step already/);
    const { answer } = await confirm(await ticket({ allow_multiple_enrollments: true }));
    assert.equal(answer.status, 200);
  });

  test('a deleted enrollment is gone, and the person may enroll again', async () => {
    const { read } = server.services.database;
    const rows = await read.query(read.build.selectFrom('authentication_methods').select('id'));
    for (const { id } of rows) await server.make('DELETE', `/guardian/enrollments/${id.split('|')[1]}`);
    assert.equal((await server.api('GET', `/guardian/enrollments/${await enrollmentId()}`)).status, 404);
    assert.equal((await makeBrowser(server).get(await ticket())).status, 200);
  });

  test('the link is mailed on request, to the address that is given', async () => {
    await ticket({ send_mail: true });
    server.advance(1000);
    const url = await ticket({ send_mail: true, email: 'other@example.com' });
    const [second, first] = (await server.make('GET', '/mailbox')).messages;
    assert.deepEqual([first.to, second.to], [USER.email, 'other@example.com']);
    assert.ok(second.text.includes(url));
  });

  test('a link expires, and of two that confirm at once one wins', async () => {
    const url = await ticket();
    const browsers = [makeBrowser(server), makeBrowser(server)];
    const pages = await Promise.all(browsers.map((browser) => browser.get(url)));
    const code = totp(secretOn(pages[0]!), server.services.clock());
    const answers = await Promise.all(browsers.map((browser, i) => browser.submit(pages[i]!, { code })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
    const late = await ticket({ allow_multiple_enrollments: true });
    server.advance(5 * 86_400_000 + 1);
    assert.match((await makeBrowser(server).get(late)).text, /has expired/);
    assert.match((await makeBrowser(server).get('/u/mfa-enrollment?ticket=none')).text, /has expired/);
  });

  test('the enrollments of a user go with the user', async () => {
    await server.make('DELETE', `/users/${encodeURIComponent(user.user_id)}`);
    const { read } = server.services.database;
    assert.deepEqual(await read.query(read.build.selectFrom('authentication_methods').select('id')), []);
  });
});
