// Templates of verifiable presentations, through HTTP.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const template = (name: string, more: object = {}) => ({
  name,
  type: 'mdl',
  dialect: 'simplified/1.0',
  presentation: { 'org.iso.18013.5.1.mDL': { 'org.iso.18013.5.1': { family_name: true, birth_date: false } } },
  well_known_trusted_issuers: 'aamva',
  ...more,
});

onEveryServer('Presentation templates', (server) => {
  const path = '/verifiable-credentials/verification/templates';

  test('one is made, read, changed and removed', async () => {
    const made = await server.api('POST', path, template('Age'));
    assert.equal(made.status, 201);
    assert.match(made.body.id, /^vct_\w{16}$/);
    const one = `${path}/${made.body.id}`;
    assert.deepEqual(await server.make('GET', one), made.body);
    const changed = await server.make('PATCH', one, { name: 'Adult', version: 2 });
    assert.deepEqual([changed.name, changed.version, changed.type], ['Adult', 2, 'mdl']);
    assert.equal((await server.api('DELETE', one)).status, 204);
    assert.equal((await server.api('GET', one)).status, 404);
    assert.equal((await server.api('PATCH', one, { name: 'x' })).status, 404);
    assert.equal((await server.api('DELETE', one)).status, 204);
  });

  test('a name is used once', async () => {
    await server.make('POST', path, template('One'));
    const other = await server.make('POST', path, template('Two'));
    assert.equal((await server.api('POST', path, template('One'))).status, 409);
    assert.equal((await server.api('PATCH', `${path}/${other.id}`, { name: 'One' })).status, 409);
  });

  test('they are listed from a checkpoint on', async () => {
    const first = await server.make('GET', `${path}?take=1`);
    assert.deepEqual([first.templates.length, first.next], [1, first.templates[0].id]);
    const second = await server.make('GET', `${path}?take=1&from=${first.next}`);
    assert.deepEqual([second.templates[0].name, second.next], ['Two', undefined]);
    assert.equal((await server.make('GET', path)).templates.length, 2);
  });

  test('what is no template is refused', async () => {
    const bad: [unknown, RegExp][] = [
      [template('x', { dialect: 'other' }), /does not match pattern/],
      [template('x', { presentation: {} }), /Missing required property: org\.iso/],
      [
        template('x', { presentation: { 'org.iso.18013.5.1.mDL': { 'org.iso.18013.5.1': { shoe_size: true } } } }),
        /shoe_size/,
      ],
      [template('x', { name: 7 }), /Expected type string/],
      [{ name: 'x' }, /Missing required property/],
      [template('x', { id: 'vct_x' }), /Additional properties not allowed: id/],
    ];
    for (const [body, message] of bad) {
      const answer = await server.api('POST', path, body);
      assert.equal(answer.status, 400);
      assert.match(answer.body.message, message);
    }
  });
});
