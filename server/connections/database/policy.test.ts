import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPassword, historySize, type PasswordOptions, passwordRules, strengthReport } from './policy.ts';

const problems = (password: string, options: PasswordOptions, about = {}) =>
  checkPassword(password, options, about).map((problem) => problem.name);

test('each policy takes what it promises and refuses one step less', () => {
  const table: [PasswordOptions['passwordPolicy'], string[], string[]][] = [
    ['none', ['a', ' '], ['']],
    ['low', ['abcdef', 'äöü🐎🐎🐎'], ['abcde', '🐎🐎🐎']],
    ['fair', ['Abcdefg1'], ['Abcdef1', 'abcdefg1', 'ABCDEFG1', 'Abcdefgh', 'Abcdefg!']],
    ['good', ['Abcdefg1', 'abcdef1!', 'ABCDEF1!', 'Abcdefg!'], ['Abcde1!', 'abcdefg1', 'abcdefgh']],
    ['excellent', ['Abcdefgh12', 'aabbccdd1!'], ['Abcdefg1!', 'Abbbcdefg12', 'Abcdefg🐎🐎🐎1', 'abcdefghi1']],
  ];
  for (const [passwordPolicy, good, bad] of table) {
    for (const password of good) assert.deepEqual(problems(password, { passwordPolicy }), [], password);
    for (const password of bad) {
      assert.deepEqual(problems(password, { passwordPolicy }), ['PasswordStrengthError'], password);
    }
  }
});

test('a policy that is not set is "good"', () => {
  assert.deepEqual(passwordRules({}), passwordRules({ passwordPolicy: 'good' }));
  assert.deepEqual(passwordRules({ passwordPolicy: null }), passwordRules({ passwordPolicy: 'good' }));
});

test('the minimum length can be set, whatever the policy', () => {
  const options = { passwordPolicy: 'none', password_complexity_options: { min_length: 12 } } as const;
  assert.deepEqual(problems('abcdefghijk', options), ['PasswordStrengthError']);
  assert.deepEqual(problems('abcdefghijkl', options), []);
});

test('72 bytes are no limit; 256 characters are', () => {
  assert.deepEqual(problems('Ab1!'.repeat(64), { passwordPolicy: 'good' }), []);
  assert.deepEqual(problems(`${'Ab1!'.repeat(64)}x`, { passwordPolicy: 'none' }), ['PasswordStrengthError']);
  assert.equal(strengthReport('x'.repeat(257), {}).description.rules.at(-1)!.code, 'maxLength');
});

test('common passwords and the own words are refused in any case, only when the dictionary is on', () => {
  const on = { passwordPolicy: 'low', password_dictionary: { enable: true, dictionary: ['Latchkey1'] } } as const;
  for (const password of ['password', 'PassWord', 'qwerty', 'latchKEY1']) {
    assert.deepEqual(problems(password, on), ['PasswordDictionaryError'], password);
  }
  assert.deepEqual(problems('latchkey12', on), []);
  assert.deepEqual(problems('password', { passwordPolicy: 'low' }), []);
  assert.deepEqual(problems('password', { passwordPolicy: 'low', password_dictionary: { enable: false } }), []);
});

test('facts about the user are refused anywhere in the password', () => {
  const on = { passwordPolicy: 'low', password_no_personal_info: { enable: true } } as const;
  const about = {
    email: 'grace.hopper@navy.example',
    username: 'amazing',
    name: 'Grace Hopper',
    nickname: 'gh',
    user_metadata: { pet: 'Admiral', age: 85, empty: '', nested: { ship: 'Vesuvius' } },
  };
  for (const password of ['xxGRACE.HOPPERxx', 'AmazingDay', 'grace hopper!', 'myadmiral']) {
    assert.deepEqual(problems(password, on, about), ['PasswordNoUserInfoError'], password);
  }
  for (const password of ['highgh', 'age is 85', 'vesuvius', 'navy.example']) {
    assert.deepEqual(problems(password, on, about), [], password);
  }
  assert.deepEqual(problems('AmazingDay', { passwordPolicy: 'low' }, about), []);
});

test('a weak password is reported in the form that vendor SDKs parse', () => {
  assert.deepEqual(strengthReport('psychic!', { passwordPolicy: 'excellent' }), {
    name: 'PasswordStrengthError',
    message: 'Password is too weak',
    code: 'invalid_password',
    description: {
      rules: [
        { message: 'At least %d characters in length', format: [10], code: 'lengthAtLeast', verified: false },
        {
          message: 'At least %d of the following %d types of characters:',
          code: 'containsAtLeast',
          format: [3, 4],
          items: [
            { message: 'lower case letters (a-z)', code: 'lowerCase', verified: true },
            { message: 'upper case letters (A-Z)', code: 'upperCase', verified: false },
            { message: 'numbers (i.e. 0-9)', code: 'numbers', verified: false },
            { message: 'special characters (e.g. !@#$%^&*)', code: 'specialCharacters', verified: true },
          ],
          verified: false,
        },
        {
          message: 'No more than %d identical characters in a row (e.g., "%s" not allowed)',
          format: [2, 'aaa'],
          code: 'identicalChars',
          verified: true,
        },
      ],
      verified: false,
    },
    policy:
      '* At least 10 characters in length\n' +
      '* At least 3 of the following 4 types of characters:\n' +
      ' * lower case letters (a-z)\n' +
      ' * upper case letters (A-Z)\n' +
      ' * numbers (i.e. 0-9)\n' +
      ' * special characters (e.g. !@#$%^&*)\n' +
      '* No more than 2 identical characters in a row (e.g., "aaa" not allowed)',
    statusCode: 400,
  });
});

test('the history is off unless enabled', () => {
  assert.equal(historySize({}), 0);
  assert.equal(historySize({ password_history: { enable: false, size: 9 } }), 0);
  assert.equal(historySize({ password_history: { enable: true, size: 9 } }), 9);
  assert.equal(historySize({ password_history: { enable: true } }), 5);
});

test('password_options stands in for the older options, part by part', () => {
  const strength = (complexity: object) => ({ passwordPolicy: 'excellent', password_options: { complexity } }) as const;
  const table: [PasswordOptions, string[], string[]][] = [
    [strength({ min_length: 4 }), ['abcd'], ['abc']],
    [strength({ character_types: ['number', 'special'], character_type_rule: 'all' }), ['1!'], ['1', '!', 'aB']],
    [strength({ character_types: ['number'], character_type_rule: 'three_of_four' }), ['aB1', 'a1!'], ['a1']],
    [strength({ identical_characters: 'block' }), ['aabb'], ['aaab']],
    [strength({ identical_characters: 'allow' }), ['aaab'], ['']],
    [strength({ sequential_characters: 'block' }), ['acb', 'ab1', '!"#'], ['xabcx', '321', 'aBc']],
  ];
  for (const [options, good, bad] of table) {
    for (const password of good) assert.deepEqual(problems(password, options), [], password);
    for (const password of bad) assert.deepEqual(problems(password, options), ['PasswordStrengthError'], password);
  }
  const listed = {
    passwordPolicy: 'none',
    password_options: { dictionary: { active: true, custom: ['Acme'] } },
  } as const;
  assert.deepEqual(problems('acme', listed), ['PasswordDictionaryError']);
  assert.deepEqual(problems('password1', listed), ['PasswordDictionaryError']);
  const personal = {
    passwordPolicy: 'none',
    password_options: { profile_data: { active: true, blocked_fields: ['nickname', 'user_metadata.pet'] } },
  } as const;
  const about = { nickname: 'jojo', name: 'Joseph', user_metadata: { pet: 'Rex' } };
  assert.deepEqual(problems('xjojox', personal, about), ['PasswordNoUserInfoError']);
  assert.deepEqual(problems('rex-rex', personal, about), ['PasswordNoUserInfoError']);
  assert.deepEqual(problems('joseph', personal, about), []);
  assert.equal(historySize({ password_options: { history: { active: true, size: 3 } } }), 3);
  const off = { password_history: { enable: true }, password_options: { history: { active: false } } };
  assert.equal(historySize(off), 0);
});

test('a policy of "None" is one of "none"', () => {
  assert.deepEqual(problems('a', { passwordPolicy: 'None' }), []);
});
