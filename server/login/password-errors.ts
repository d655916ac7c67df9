/** Why a new password is refused, in the words of the pages. */
import type { PasswordProblem } from '../connections/database/policy.ts';
import { texts, type Words } from './texts.ts';

const KEYS: Readonly<Record<PasswordProblem['name'], keyof ReturnType<typeof texts>['errors']>> = {
  PasswordStrengthError: 'password-too-weak',
  PasswordDictionaryError: 'password-too-common',
  PasswordNoUserInfoError: 'password-contains-user-information',
  PasswordHistoryError: 'password-previously-used',
};

/** @param screen where it is told, by the vendor's name */
export function passwordError(words: Words, screen: string, problem: PasswordProblem): string {
  return texts(words, screen).errors[KEYS[problem.name]];
}
