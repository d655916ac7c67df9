/** Why a new password is refused, in the words of the pages. */
import type { PasswordProblem } from '../connections/database/policy.ts';
import { texts } from './texts.ts';

const KEYS: Readonly<Record<PasswordProblem['name'], keyof ReturnType<typeof texts>['errors']>> = {
  PasswordStrengthError: 'password-too-weak',
  PasswordDictionaryError: 'password-too-common',
  PasswordNoUserInfoError: 'password-contains-user-information',
  PasswordHistoryError: 'password-previously-used',
};

export function passwordError(locale: string, problem: PasswordProblem): string {
  return texts(locale).errors[KEYS[problem.name]];
}
