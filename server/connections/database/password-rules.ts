/**
 * What a password can be asked for: rules with the codes, messages and formats that vendor SDKs parse, how they are told,
 * and whether one password keeps them. Lock shows them one by one, Auth0.Android and Auth0.swift build a sentence from
 * `code`, `format` and `items`. Which of them a connection has is said in `policy.ts`.
 */

/** One rule explained. `message` takes `format` in the place of `%d` and `%s`; `items` are its parts. */
export type PasswordRule = {
  readonly message: string;
  readonly format?: readonly (number | string)[];
  readonly code: string;
  readonly items?: readonly PasswordRule[];
};

/** A rule with the answer whether one password keeps it. */
export type CheckedRule = Omit<PasswordRule, 'items'> & {
  readonly verified: boolean;
  readonly items?: readonly CheckedRule[];
};

/** The longest password in characters. Argon2 reads all of it; the limit only bounds the work. */
const LONGEST_PASSWORD = 256;

export type Test = (password: string) => boolean;
export type Rule = Omit<PasswordRule, 'items'> & { readonly test: Test; readonly items?: readonly Rule[] };

// Characters are counted as code points (NIST SP 800-63B §3.1.1.2). What is no ASCII letter or digit is special, so
// that letters of other scripts count for something.
const LOWER_CASE = contains('lowerCase', 'lower case letters (a-z)', /[a-z]/);
const UPPER_CASE = contains('upperCase', 'upper case letters (A-Z)', /[A-Z]/);
const NUMBERS = contains('numbers', 'numbers (i.e. 0-9)', /[0-9]/);
const SPECIAL = contains('specialCharacters', 'special characters (e.g. !@#$%^&*)', /[^A-Za-z0-9]/);

export const NON_EMPTY: Rule = {
  message: 'Non-empty password required',
  code: 'nonEmpty',
  test: (password) => password !== '',
};
export const LETTERS_AND_DIGITS: Rule = {
  message: 'Should contain:',
  code: 'shouldContain',
  items: [LOWER_CASE, UPPER_CASE, NUMBERS],
  test: (password) => [LOWER_CASE, UPPER_CASE, NUMBERS].every((part) => part.test(password)),
};
export const THREE_OF_FOUR: Rule = {
  message: 'At least %d of the following %d types of characters:',
  code: 'containsAtLeast',
  format: [3, 4],
  items: [LOWER_CASE, UPPER_CASE, NUMBERS, SPECIAL],
  test: (password) => [LOWER_CASE, UPPER_CASE, NUMBERS, SPECIAL].filter((part) => part.test(password)).length >= 3,
};
export const TYPES = { lowercase: LOWER_CASE, uppercase: UPPER_CASE, number: NUMBERS, special: SPECIAL } as const;

/** Letters or digits that follow each other, upwards or downwards. */
export const SEQUENTIAL: Rule = {
  message: 'No more than %d sequential characters in a row (e.g., "%s" not allowed)',
  format: [2, 'abc'],
  code: 'sequentialChars',
  test: (password) => {
    const codes = [...password.toLowerCase()].map((char) =>
      /[a-z0-9]/.test(char) ? char.codePointAt(0)! : Number.NaN,
    );
    const steps = codes.slice(1).map((code, index) => code - codes[index]!);
    return !steps.some((step, index) => Math.abs(step) === 1 && step === steps[index + 1]);
  },
};
/** Not among the rules that are shown: nobody plans a password of that length. */
export const TOO_LONG: Rule = {
  message: 'Maximum password length exceeded',
  format: [LONGEST_PASSWORD],
  code: 'maxLength',
  test: (password) => lengthOf(password) <= LONGEST_PASSWORD,
};

function contains(code: string, message: string, pattern: RegExp): Rule {
  return { message, code, test: (password) => pattern.test(password) };
}

export function lengthAtLeast(minimum: number): Rule {
  return {
    message: 'At least %d characters in length',
    format: [minimum],
    code: 'lengthAtLeast',
    test: (password) => lengthOf(password) >= minimum,
  };
}

export function identicalChars(most: number): Rule {
  const tooMany = new RegExp(`(.)\\1{${most}}`, 'su');
  return {
    message: 'No more than %d identical characters in a row (e.g., "%s" not allowed)',
    format: [most, 'a'.repeat(most + 1)],
    code: 'identicalChars',
    test: (password) => !tooMany.test(password),
  };
}

function lengthOf(password: string): number {
  let length = 0;
  for (const _ of password) length++;
  return length;
}

/** A rule as it is shown. */
export function explain({ test: _, items, ...rule }: Rule): PasswordRule {
  return items ? { ...rule, items: items.map(explain) } : rule;
}

/** A rule with the answer for one password, part by part. */
export function check({ test: keeps, items, ...rule }: Rule, password: string): CheckedRule {
  const parts = items && { items: items.map((item) => check(item, password)) };
  return { ...rule, ...parts, verified: keeps(password) };
}

/** One rule a line after a star, its parts indented by a space: the vendor's form. */
export function policyText(rules: readonly PasswordRule[], indent = ''): string {
  return rules
    .map((rule) => {
      const values = [...(rule.format ?? [])];
      const line = `${indent}* ${rule.message.replace(/%[ds]/g, () => String(values.shift()))}`;
      return rule.items ? `${line}\n${policyText(rule.items, `${indent} `)}` : line;
    })
    .join('\n');
}
