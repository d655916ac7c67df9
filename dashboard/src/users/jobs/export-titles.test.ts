import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestedFields, titleProblems } from './export-titles.ts';

test('a field without a title is asked for by its name alone', () => {
  const fields = [
    { name: 'email', title: ' E-mail ' },
    { name: 'name', title: ' ' },
  ];
  assert.deepEqual(requestedFields(fields), [{ name: 'email', export_as: 'E-mail' }, { name: 'name' }]);
  assert.deepEqual(titleProblems(fields), [undefined, undefined]);
});

test('no two fields are called the same, one by its title and the other by its name', () => {
  const fields = [
    { name: 'email', title: '' },
    { name: 'user_metadata.contact', title: 'email' },
  ];
  assert.deepEqual(titleProblems(fields), [undefined, 'Another field is called email.']);
});
