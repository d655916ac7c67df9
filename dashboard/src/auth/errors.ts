/** Signing in did not work. `code` is the OAuth error code, or one of this client's own for what it refused itself. */
export class SignInError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'SignInError';
    this.code = code;
  }
}
