import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STRATEGY_NAMES, strategyOf } from '../../../server/api/connections/strategies/table.ts';
import { familyOf } from './families.ts';

test('every strategy is shown in the group that the server has it in', () => {
  for (const name of STRATEGY_NAMES) assert.equal(familyOf(name), strategyOf(name).family, name);
});
