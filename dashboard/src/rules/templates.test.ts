import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleResource } from '../../../server/api/rules/schema.ts';
import { patternOf } from '../forms/schema.ts';
import { syntaxProblems } from '../ui/codemirror/syntax.ts';
import { RULE_TEMPLATES } from './templates.ts';

for (const { id, name, code } of RULE_TEMPLATES) {
  test(`a rule can be made from a template as it is: ${id}`, () => {
    assert.deepEqual(syntaxProblems(code, 'function'), []);
    assert.match(name, patternOf(ruleResource.fields.name.schema));
    assert.equal(RULE_TEMPLATES.filter((other) => other.id === id || other.name === name).length, 1);
  });
}
