/** The cookie of a browser session. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, readCookie, setCookie } from '../http/cookies.ts';
import type { Sql } from '../storage/database.ts';
import { findSession, type Session, type SessionPolicy } from './store.ts';

const NAME = 'latchkey_session';

/** The live session of the browser that sent the request. */
export async function sessionOf(sql: Sql, request: FastifyRequest): Promise<Session | undefined> {
  const secret = readCookie(request, NAME);
  const { tenant, now } = request.context;
  return secret ? findSession(sql, tenant, secret, now) : undefined;
}

/** Cross-site, because applications on other sites ask for it in an iframe (`prompt=none`). */
export function sendSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
  policy: SessionPolicy,
): void {
  const maxAge = policy.persistent ? Math.floor(policy.absolute / 1000) : undefined;
  setCookie(request, reply, NAME, secret, { sameSite: 'None', maxAge });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  clearCookie(request, reply, NAME);
}
