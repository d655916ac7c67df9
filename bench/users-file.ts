/** Many users for measurements: a file of them, and the way in through the API's own import. */
import { createWriteStream, openAsBlob, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const BCRYPT = '$2b$10$CwTycUXWue0Thq9StjUM0uJ8b6F0b0i2v2o0o3s5H0VbB7nR3bLGa';

/** Writes `count` users, `imported0@example.com` and on. */
export async function writeUsersFile(path: string, count: number): Promise<string> {
  const stream = createWriteStream(path);
  stream.write('[');
  for (let n = 0; n < count; n++) {
    const user = {
      email: `imported${n}@example.com`,
      email_verified: true,
      user_id: `imported${n}`,
      given_name: 'Given',
      family_name: `Family ${n}`,
      name: `Given Family ${n}`,
      user_metadata: { language: 'en', plan: 'free', interests: ['one', 'two'] },
      app_metadata: { roles: ['member'], migrated: true },
      password_hash: BCRYPT,
    };
    if (!stream.write(`${n === 0 ? '' : ','}${JSON.stringify(user)}`))
      await new Promise((resolve) => stream.once('drain', resolve));
  }
  await new Promise<void>((resolve) => stream.end(']', resolve));
  console.log(`${count} users, ${(statSync(path).size / 1e6).toFixed(1)} MB`);
  return path;
}

export type JobAnswer = { id: string; status: string; location?: string; summary: { inserted: number } };

/** Where the Management API is, and a token for it. */
export type ApiAccess = { readonly origin: string; readonly managementToken: string };

/** Imports the file into the connection and waits for the end of the job. */
export async function importUsersFile(api: ApiAccess, connection: string, path: string): Promise<JobAnswer> {
  const headers = { authorization: `Bearer ${api.managementToken}` };
  const found = await fetch(`${api.origin}/api/v2/connections?name=${encodeURIComponent(connection)}`, { headers });
  const [{ id }] = (await found.json()) as [{ id: string }];
  const form = new FormData();
  form.set('connection_id', id);
  form.set('users', await openAsBlob(path), 'users.json');
  const began = performance.now();
  const answer = await fetch(`${api.origin}/api/v2/jobs/users-imports`, { method: 'POST', headers, body: form });
  if (answer.status !== 202) throw new Error(`The import answered ${answer.status}: ${await answer.text()}`);
  console.log(`file taken in within ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return finishedJob(api, ((await answer.json()) as JobAnswer).id);
}

/** @throws when the job failed. */
export async function finishedJob({ origin, managementToken }: ApiAccess, id: string): Promise<JobAnswer> {
  for (;;) {
    const headers = { authorization: `Bearer ${managementToken}` };
    const job = (await (await fetch(`${origin}/api/v2/jobs/${id}`, { headers })).json()) as JobAnswer;
    if (job.status === 'completed') return job;
    if (job.status === 'failed') throw new Error(`The job failed: ${JSON.stringify(job)}`);
    await sleep(200);
  }
}
