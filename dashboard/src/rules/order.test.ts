import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterChanges, changesOfMove, inOrder, type Ordered } from './order.ts';

const rules = (...orders: number[]): Ordered[] => orders.map((order, at) => ({ id: 'abcdef'.charAt(at), order }));
const ids = (list: readonly Ordered[]) => list.map(({ id }) => id).join('');

/** Sends the changes one by one, as the API takes them: a number that is taken is refused. */
function sent(before: readonly Ordered[], from: number, to: number): string {
  let now = [...before];
  for (const change of changesOfMove(before, from, to)) {
    assert.ok(!now.some(({ id, order }) => order === change.order && id !== change.id), `${change.order} is taken`);
    now = now.map((rule) => (rule.id === change.id ? { ...rule, order: change.order } : rule));
  }
  return ids(inOrder(now));
}

test('a rule takes any place, without two rules of one number on the way', () => {
  for (const orders of [
    [1, 2, 3, 4],
    [0, 1, 2, 3],
    [1, 5, 6, 40],
  ]) {
    const before = rules(...orders);
    assert.equal(sent(before, 0, 3), 'bcda');
    assert.equal(sent(before, 3, 0), 'dabc');
    assert.equal(sent(before, 1, 2), 'acbd');
    assert.equal(sent(before, 2, 1), 'acbd');
    assert.equal(sent(before, 0, 2), 'bcad');
    assert.deepEqual(changesOfMove(before, 2, 2), []);
  }
});

test('a free number between the neighbours is one change, and a whole number', () => {
  assert.deepEqual(changesOfMove(rules(1, 5, 6), 2, 1), [{ id: 'c', order: 4 }]);
  assert.deepEqual(changesOfMove(rules(1, 2, 3), 0, 2), [{ id: 'a', order: 4 }]);
  assert.deepEqual(changesOfMove(rules(1, 2), 1, 0), [{ id: 'b', order: 0 }]);
  assert.equal(changesOfMove(rules(1, 1.5, 2), 2, 1).length, 3);
});

test('the list shows the new order before the server has answered', () => {
  const before = rules(0, 1, 2);
  assert.equal(ids(afterChanges(before, changesOfMove(before, 2, 0))), 'cab');
});
