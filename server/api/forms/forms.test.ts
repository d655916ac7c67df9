/** The operations of `/forms` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';
import { textsAtRest } from '../testing.ts';

const field = { id: 'full_name', category: 'FIELD', type: 'TEXT', label: 'Your name', config: { max_length: 50 } };
const next = { id: 'next', category: 'BLOCK', type: 'NEXT_BUTTON', config: { text: 'Continue' } };
const step = (id: string, components: object[] = [field, next]) => ({
  id,
  type: 'STEP',
  alias: 'A step',
  coordinates: { x: 500, y: 0 },
  config: { components, next_node: '$ending' },
});
const flowNode = (id: string, flow_id: string) => ({ id, type: 'FLOW', config: { flow_id, next_node: '$ending' } });

onEveryServer('Forms', (server) => {
  test('a form is made, read, changed and deleted; what is empty is not shown', async () => {
    const body = { name: 'First', languages: { primary: 'en' }, messages: {}, ending: { resume_flow: true } };
    const made = await server.make('POST', '/forms', body);
    const { id, created_at, updated_at, ...rest } = made;
    assert.match(id, /^ap_\w{22}$/);
    assert.equal(created_at, updated_at);
    assert.deepEqual(rest, { name: 'First', languages: { primary: 'en' }, ending: { resume_flow: true } });
    const path = `/forms/${id}`;
    assert.deepEqual(await server.make('GET', path), made);
    server.advance(1000);
    const nodes = [step('one')];
    const changed = await server.make('PATCH', path, { nodes, start: { next_node: 'one' }, style: { css: 'a{}' } });
    assert.deepEqual(changed.nodes, nodes);
    assert.notEqual(changed.updated_at, updated_at);
    const emptied = await server.make('PATCH', path, { nodes: [], style: {}, start: null });
    assert.deepEqual(emptied, { ...made, updated_at: emptied.updated_at });
    await server.make('DELETE', path);
    await server.make('DELETE', path);
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }]] as const) {
      const answer = await server.api(method, path, body);
      assert.deepEqual(answer.body, { statusCode: 404, error: 'Not Found', message: 'Form not found' });
    }
  });

  test('the flows of a form exist when it is written, and are counted and linked', async () => {
    const { id: flow } = await server.make('POST', '/flows', { name: 'Used' });
    const resend = {
      id: 'again',
      category: 'BLOCK',
      type: 'RESEND_BUTTON',
      config: { active_text: 'a', button_text: 'b', waiting_text: 'c', flow_id: flow },
    };
    const nodes = [flowNode('run', flow), step('one', [resend])];
    const made = await server.make('POST', '/forms', {
      name: 'User',
      nodes,
      ending: { after_submit: { flow_id: flow } },
    });
    const read = await server.make('GET', `/forms/${made.id}?hydrate=flow_count&hydrate=links`);
    assert.equal(read.flow_count, 1);
    assert.deepEqual(read.links, { flows: [{ id: flow, name: 'Used' }] });
    for (const wrong of [
      { nodes: [flowNode('run', 'af_unknown')] },
      { ending: { after_submit: { flow_id: 'af_unknown' } } },
      { nodes: [step('one', [{ ...resend, config: { ...resend.config, flow_id: 'af_unknown' } }])] },
    ]) {
      const answer = await server.api('POST', '/forms', { name: 'Wrong', ...wrong });
      assert.match(answer.body.message, /Flow af_unknown does not exist/);
    }
    await server.make('DELETE', `/flows/${flow}`);
    await server.make('PATCH', `/forms/${made.id}`, { name: 'Still here', nodes });
  });

  test('lists are paged, count flows, and leave out what forms are made of', async () => {
    await server.make('POST', '/forms', { name: 'Listed', nodes: [step('one')] });
    const all = await server.make('GET', '/forms?page=0&per_page=100&include_totals=true');
    assert.equal(all.total, all.forms.length);
    const listed = all.forms.find(({ name }: { name: string }) => name === 'Listed');
    assert.equal(listed.flow_count, 0);
    assert.equal('nodes' in listed, false);
    assert.deepEqual(await server.make('GET', '/forms?page=1&per_page=1'), [all.forms[1]]);
  });

  test('nodes are sealed in the database and masked in log events', async () => {
    const config = { site_key: 'site', secret_key: 'key-in-the-clear' };
    const widget = { id: 'robot', category: 'WIDGET', type: 'RECAPTCHA', config };
    const made = await server.make('POST', '/forms', { name: 'Secretive', nodes: [step('one', [widget])] });
    assert.deepEqual(made.nodes[0].config.components, [widget]);
    assert.ok((await textsAtRest(server)).every((text) => !text.includes('in-the-clear')));
  });

  test('bad input is refused', async () => {
    const withComponent = (component: object) => ({ name: 'x', nodes: [step('one', [component])] });
    const attempts: [object, RegExp][] = [
      [{ nodes: [] }, /Missing required property: name/],
      [{ name: 1 }, /Expected type string/],
      [{ name: 'x', more: 1 }, /not allowed: more/],
      [{ name: 'x', languages: { third: 'en' } }, /not allowed: third/],
      [{ name: 'x', messages: { errors: { a: 1 } } }, /Expected type string/],
      [{ name: 'x', ending: { resume_flow: false } }, /No enum match for: false/],
      [{ name: 'x', ending: { redirection: { delay: 11, target: 't' } } }, /greater than maximum 10|maximum/],
      [{ name: 'x', nodes: [{ id: 'one', type: 'PAGE' }] }, /No enum match for: PAGE/],
      [{ name: 'x', nodes: [{ id: 'a b', type: 'STEP' }] }, /does not match pattern/],
      [{ name: 'x', nodes: [{ id: 'run', type: 'FLOW' }] }, /Missing required property: config/],
      [{ name: 'x', nodes: [step('one'), step('one')] }, /id of a node is its own/],
      [withComponent({ ...field, category: 'TOY' }), /No enum match for: TOY/],
      [withComponent({ ...field, type: 'COLOUR' }), /No enum match for: COLOUR/],
      [withComponent({ ...field, config: { max_length: 0 } }), /less than minimum 1/],
      [withComponent({ ...next, config: {} }), /Missing required property: text/],
      [withComponent({ ...next, label: 'Not for blocks' }), /not allowed: label/],
    ];
    for (const [body, message] of attempts) {
      const answer = await server.api('POST', '/forms', body);
      assert.equal(answer.status, 400, `${JSON.stringify(body)} ${answer.text}`);
      assert.match(answer.body.message, message);
    }
    assert.equal((await server.api('GET', '/forms?hydrate=all')).body.errorCode, 'invalid_query_string');
    const reader = await server.tokenWith('read:forms');
    assert.equal((await server.api('POST', '/forms', { name: 'Reader' }, reader)).status, 403);
  });
});
