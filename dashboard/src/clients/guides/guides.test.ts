import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filledIn } from '../../ui/fill.ts';
import { parseMarkdown } from '../../ui/markdown.ts';
import { GUIDES } from '../quick-start/catalogue.ts';
import { factsFor } from '../quick-start/facts.ts';

const CONFIG = {
  issuer: 'https://id.example/',
  domain: 'id.example',
  tenant: 'acme',
  client_id: 'dashboard',
  audience: 'https://id.example/api/v2/',
  api_base: '/api/v2',
  version: '1',
};
const CLIENT = { client_id: 'THE_CLIENT_ID', name: 'Shop', client_secret: 'THE_SECRET' };

test('every guide of the list has its file, and every file is in the list', () => {
  const listed = Object.entries(GUIDES).flatMap(([type, guides]) => guides.map(({ id }) => `${type}/${id}.md`));
  assert.deepEqual(globSync('*/*.md', { cwd: import.meta.dirname }).toSorted(), listed.toSorted());
});

for (const [type, guides] of Object.entries(GUIDES)) {
  for (const guide of guides) {
    test(`the guide ${type}/${guide.id} is filled in completely and has steps with code`, () => {
      const text = readFileSync(join(import.meta.dirname, type, `${guide.id}.md`), 'utf8');
      const { values, addresses } = factsFor(guide, CLIENT, CONFIG, CONFIG.audience);
      const filled = filledIn(text, values);
      const blocks = parseMarkdown(filled);
      assert.equal(blocks[0]?.kind, 'paragraph');
      assert.ok(blocks.filter(({ kind }) => kind === 'heading').length >= 2);
      assert.ok(blocks.some(({ kind }) => kind === 'code'));
      assert.ok(filled.includes(CLIENT.client_id));
      assert.ok(type === 'spa' || type === 'native' || filled.includes(CLIENT.client_secret));
      assert.ok(!(type === 'spa' || type === 'native') || !filled.includes(CLIENT.client_secret));
      for (const address of Object.values(addresses ?? {}).flat()) assert.ok(URL.canParse(address), address);
    });
  }
}
