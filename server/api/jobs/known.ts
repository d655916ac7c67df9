/** What whoever asks for a job has to know as well, apart from what does the work, so that forms can read it. */

/** The largest file of an import, in bytes. The vendor's limit is 500 KB. */
export const IMPORT_FILE_LIMIT = 1024 * 1024 * 1024;

/** What an export writes of a user when no fields are asked for. */
export const USUAL_FIELDS = [
  'user_id',
  'email',
  'email_verified',
  'username',
  'phone_number',
  'phone_verified',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'picture',
  'blocked',
  'created_at',
  'updated_at',
  'last_login',
  'last_ip',
  'logins_count',
] as const;

/** The same for JSON, which can hold what has parts. */
export const USUAL_FIELDS_JSON = [...USUAL_FIELDS, 'identities', 'user_metadata', 'app_metadata'] as const;

/** What log events call the two operations that begin a job with a file. */
export const IMPORT_DESCRIPTION = 'Create import users job';
export const EXPORT_DESCRIPTION = 'Create export users job';
