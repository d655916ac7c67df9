// The outbox and its delivery, through a real SMTP conversation on the loopback interface.
import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { MailTable } from '../storage/tables.ts';
import { onEveryEngine } from '../storage/testing.ts';
import { type MailerOptions, makeMailer } from './deliver.ts';
import { countMails, listMails, type NewMail, queueMail } from './outbox.ts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const quiet = { warn() {}, error() {} };

type Received = { from: string; to: string[]; data: string };
type Sink = { url: string; received: Received[]; reply: (command: string) => string | undefined };

/** A mail server that keeps what it is given. `reply` may answer a command otherwise; `hang up` ends the connection. */
async function startSink(t: TestContext): Promise<Sink> {
  const received: Received[] = [];
  const sink: Sink = { url: '', received, reply: () => undefined };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    converse(socket, sink);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  sink.url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return sink;
}

function converse(socket: Socket, sink: Sink): void {
  let mail: Received = { from: '', to: [], data: '' };
  let inData = false;
  let rest = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  const answer = (line: string): void => {
    const [, command = '', argument = ''] = /^(\w+)(?:[^<]*<([^>]*)>)?/.exec(line) ?? [];
    const other = sink.reply(inData ? 'END' : command);
    if (other === 'hang up') return void socket.destroy();
    if (other) return void say(other);
    if (command === 'MAIL') mail = { from: argument, to: [], data: '' };
    if (command === 'RCPT') mail.to.push(argument);
    if (command === 'DATA') inData = true;
    say(command === 'DATA' ? '354 go on' : '250 fine');
    if (command === 'QUIT') socket.end();
  };
  say('220 sink');
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop()!;
    for (const line of lines) {
      if (!inData) answer(line);
      else if (line !== '.') mail.data += `${line}\n`;
      else {
        inData = false;
        const other = sink.reply('END');
        if (other === 'hang up') socket.destroy();
        else say(other ?? '250 kept');
        if (!other) sink.received.push(mail);
      }
    }
  });
}

onEveryEngine('Mail', (place) => {
  /** Every test has a tenant of its own and leaves nothing due. */
  const queue = (mail: Partial<NewMail> & { tenant: string }) =>
    place.database.write((sql) =>
      queueMail(sql, {
        recipient: 'jo@example.com',
        subject: 'Hello',
        html: '<p>https://example.com/?a=1</p>',
        text: 'Open https://example.com/?a=1 please',
        now: NOW,
        deliver: true,
        ...mail,
      }),
    );
  const mailer = (options: Partial<MailerOptions> & { now?: () => number }) =>
    makeMailer({
      database: place.database,
      mailFrom: 'Acme <login@acme.example>',
      clock: options.now ?? (() => NOW),
      log: quiet,
      ...options,
    });
  const mails = (tenant: string) => listMails(place.database.read, tenant, { offset: 0, limit: 50 });

  test('a mail exists if its unit of work does', async () => {
    const unit = place.database.write(async (sql) => {
      await queueMail(sql, {
        tenant: 'undone',
        recipient: 'jo@example.com',
        subject: '',
        html: '',
        text: '',
        now: NOW,
        deliver: false,
      });
      throw new Error('undo');
    });
    await assert.rejects(unit, /undo/);
    assert.equal(await countMails(place.database.read, 'undone'), 0);
  });

  test('the outbox is listed newest first, by page', async () => {
    for (let i = 0; i < 5; i++) await queue({ tenant: 'list', subject: `${i}`, now: NOW + i, deliver: false });
    const page = await listMails(place.database.read, 'list', { offset: 1, limit: 2 });
    assert.deepEqual(
      page.map(({ subject, status }) => [subject, status]),
      [
        ['3', 'kept'],
        ['2', 'kept'],
      ],
    );
    assert.equal(await countMails(place.database.read, 'list'), 5);
    await mailer({ now: () => NOW + MINUTE, announce() {} }).deliverDue();
  });

  test('a recipient is one address', async () => {
    for (const recipient of [
      '',
      'jo',
      'a@b c@d',
      'a@b\r\nBcc: c@d',
      'Jo <jo@example.com>',
      'a@b,c@d',
      `a@${'b'.repeat(400)}`,
    ]) {
      await assert.rejects(queue({ tenant: 'refused', recipient }), /one address/);
    }
  });

  test('what is due is sent once, as one message with text and HTML, and its bodies are dropped', async (t) => {
    const sink = await startSink(t);
    const id = await queue({ tenant: 'sent', subject: 'Grüße' });
    await queue({ tenant: 'sent', recipient: 'a,b@example.com', now: NOW + 1 });
    const now = () => NOW + 1;
    assert.equal(await mailer({ smtpUrl: sink.url, now }).deliverDue(), 2);
    assert.equal(await mailer({ smtpUrl: sink.url, now }).deliverDue(), 0);
    const [first, second] = sink.received.sort((a, b) => b.to[0]!.localeCompare(a.to[0]!));
    assert.deepEqual([first?.from, first?.to], ['login@acme.example', ['jo@example.com']]);
    assert.deepEqual(second?.to, ['"a,b"@example.com']);
    assert.match(first!.data, /^From: Acme <login@acme\.example>$/m);
    assert.match(first!.data, /^Subject: =\?UTF-8\?Q\?Gr=C3=BC=C3=9Fe\?=$/m);
    assert.match(first!.data, new RegExp(`^Message-ID: <${id}@acme\\.example>$`, 'm'));
    assert.match(first!.data, /^Auto-Submitted: auto-generated$/m);
    assert.match(first!.data, /text\/plain.*text\/html/s);
    assert.deepEqual(
      (await mails('sent')).map(({ status, html, text, attempts }) => ({ status, html, text, attempts })),
      [
        { status: 'sent', html: '', text: '', attempts: 1 },
        { status: 'sent', html: '', text: '', attempts: 1 },
      ],
    );
  });

  test('nodes that deliver at once send each mail once', async (t) => {
    const sink = await startSink(t);
    const other = await place.open();
    for (let i = 0; i < 24; i++) await queue({ tenant: 'nodes', recipient: `u${i}@example.com` });
    const counts = await Promise.all(
      [place.database, other, place.database].map((database) => mailer({ database, smtpUrl: sink.url }).deliverDue()),
    );
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      24,
    );
    assert.equal(new Set(sink.received.map(({ to }) => to[0])).size, 24);
    assert.equal(sink.received.length, 24);
  });

  test('a failing server is tried again after growing waits, and given up after eight attempts', async (t) => {
    const sink = await startSink(t);
    sink.reply = (command) => (command === 'MAIL' ? '451 later' : undefined);
    await queue({ tenant: 'failing' });
    let now = NOW;
    const { deliverDue } = mailer({ smtpUrl: sink.url, now: () => now });
    for (let attempt = 1; attempt <= 8; attempt++) {
      assert.equal(await deliverDue(), 1, `attempt ${attempt}`);
      now += MINUTE * 2 ** (attempt - 1) - 1;
      assert.equal(await deliverDue(), 0, `too early after attempt ${attempt}`);
      now += 1;
    }
    const [mail] = await mails('failing');
    assert.deepEqual([mail?.status, mail?.attempts, mail?.text], ['failed', 8, '']);
  });

  test('a lost connection is an attempt like any other', async (t) => {
    const sink = await startSink(t);
    sink.reply = (command) => (command === 'RCPT' ? 'hang up' : undefined);
    await queue({ tenant: 'lost' });
    await mailer({ smtpUrl: sink.url }).deliverDue();
    assert.equal((await mails('lost'))[0]?.status, 'pending');
    sink.reply = () => undefined;
    await mailer({ smtpUrl: sink.url, now: () => NOW + MINUTE }).deliverDue();
    assert.equal((await mails('lost'))[0]?.status, 'sent');
  });

  test('a recipient or message that is refused for good is given up at once', async (t) => {
    const sink = await startSink(t);
    for (const [command, reply] of [
      ['RCPT', '550 no such user'],
      ['END', '554 no thanks'],
    ] as const) {
      sink.reply = (given) => (given === command ? reply : undefined);
      await queue({ tenant: `refused at ${command}` });
      await mailer({ smtpUrl: sink.url }).deliverDue();
      assert.equal((await mails(`refused at ${command}`))[0]?.status, 'failed');
    }
    sink.reply = (given) => (given === 'MAIL' ? '530 log in first' : undefined);
    await queue({ tenant: 'login' });
    await mailer({ smtpUrl: sink.url }).deliverDue();
    assert.equal((await mails('login'))[0]?.status, 'pending');
    sink.reply = () => undefined;
    await mailer({ smtpUrl: sink.url, now: () => NOW + MINUTE }).deliverDue();
  });

  test('a claim that its node never finished runs out', async (t) => {
    const sink = await startSink(t);
    const id = await queue({ tenant: 'claimed' });
    const { build } = place.database.read;
    const claim = { next_attempt_at: NOW + 2 * MINUTE, attempts: 1 };
    await place.database.write((sql) => sql.query(build.updateTable('mails').set(claim).where('id', '=', id)));
    assert.equal(await mailer({ smtpUrl: sink.url }).deliverDue(), 0);
    assert.equal(await mailer({ smtpUrl: sink.url, now: () => NOW + 2 * MINUTE }).deliverDue(), 1);
    assert.equal(sink.received.length, 1);
  });

  test('without a mail server every new mail is announced once and kept whole', async () => {
    await queue({ tenant: 'kept', deliver: false });
    const announced: MailTable[] = [];
    const announce = (mail: MailTable) => void announced.push(mail);
    assert.equal(await mailer({ announce }).deliverDue(), 1);
    assert.equal(await mailer({ announce }).deliverDue(), 0);
    assert.deepEqual([announced.length, announced[0]?.recipient], [1, 'jo@example.com']);
    const [mail] = await mails('kept');
    assert.deepEqual([mail?.status, mail?.text], ['kept', 'Open https://example.com/?a=1 please']);
  });

  test('the process log tells subject, recipient and links of a kept mail', async () => {
    await queue({ tenant: 'told', deliver: false });
    const lines: unknown[] = [];
    await mailer({ log: { ...quiet, warn: (fields: unknown) => void lines.push(fields) } }).deliverDue();
    assert.deepEqual(lines, [{ recipient: 'jo@example.com', subject: 'Hello', links: ['https://example.com/?a=1'] }]);
  });

  test('a tenant’s own SMTP server and sender come before those of the installation', async (t) => {
    const [own, usual] = [await startSink(t), await startSink(t)];
    const credentials = { smtp_host: '127.0.0.1', smtp_port: Number(new URL(own.url).port) };
    const provider = { name: 'smtp', default_from_address: 'own@tenant.example', credentials };
    const providerOf = async (tenant: string) => (tenant === 'own' ? provider : undefined);
    await queue({ tenant: 'own' });
    await queue({ tenant: 'own', sender: 'Template <template@tenant.example>' });
    await queue({ tenant: 'usual' });
    await mailer({ smtpUrl: usual.url, providerOf, allowPrivate: true }).deliverDue();
    assert.deepEqual(own.received.map(({ from }) => from).sort(), ['own@tenant.example', 'template@tenant.example']);
    assert.deepEqual(
      usual.received.map(({ from }) => from),
      ['login@acme.example'],
    );
  });

  test('a provider whose settings cannot be read fails its own mails alone, and they wait for it', async (t) => {
    const sink = await startSink(t);
    let isMended = false;
    const providerOf = async (tenant: string) => {
      if (tenant === 'unreadable' && !isMended) throw new Error('The credentials cannot be opened.');
      return undefined;
    };
    await queue({ tenant: 'unreadable', now: NOW - 1 });
    await queue({ tenant: 'beside it' });
    assert.equal(await mailer({ smtpUrl: sink.url, providerOf }).deliverDue(), 2);
    assert.equal((await mails('beside it'))[0]?.status, 'sent');
    const [mail] = await mails('unreadable');
    assert.deepEqual([mail?.status, mail?.attempts], ['pending', 1]);
    assert.equal(await mailer({ smtpUrl: sink.url, providerOf, now: () => NOW + MINUTE - 1 }).deliverDue(), 0);
    isMended = true;
    await mailer({ smtpUrl: sink.url, providerOf, now: () => NOW + MINUTE }).deliverDue();
    assert.equal((await mails('unreadable'))[0]?.status, 'sent');
  });

  test('a server in a private network is not connected to unless that is allowed', async (t) => {
    const sink = await startSink(t);
    const credentials = { smtp_host: '127.0.0.1', smtp_port: Number(new URL(sink.url).port) };
    await queue({ tenant: 'private' });
    await mailer({ providerOf: async () => ({ name: 'smtp', credentials }) }).deliverDue();
    assert.deepEqual([sink.received.length, (await mails('private'))[0]?.status], [0, 'pending']);
    await mailer({ providerOf: async () => undefined, now: () => NOW + MINUTE, announce() {} }).deliverDue();
    assert.equal((await mails('private'))[0]?.status, 'kept');
  });

  test('what a provider refuses for good is given up, what may get better is tried again', async () => {
    const answers: Record<string, { status: number; body: string; outcome: string }> = {
      taken: { status: 202, body: '', outcome: 'sent' },
      refused: { status: 422, body: 'bad address', outcome: 'failed' },
      busy: { status: 429, body: '', outcome: 'pending' },
      rejected: { status: 200, body: '[{"status":"rejected"}]', outcome: 'failed' },
    };
    const asked: string[] = [];
    const egress = (tenant: string) => ({
      send: async (url: string) => {
        asked.push(url);
        return { status: answers[tenant]!.status, headers: {}, body: Buffer.from(answers[tenant]!.body) };
      },
      fetchJson: () => Promise.reject(new Error('not asked')),
      close: async () => {},
    });
    for (const [tenant, { outcome }] of Object.entries(answers)) {
      const name = tenant === 'rejected' ? 'mandrill' : 'sendgrid';
      await queue({ tenant: `provider ${tenant}` });
      await mailer({
        providerOf: async () => ({ name, credentials: { api_key: 'k' } }),
        egress: egress(tenant),
      }).deliverDue();
      assert.equal((await mails(`provider ${tenant}`))[0]?.status, outcome, tenant);
    }
    assert.equal(asked.length, 4);
  });
});
