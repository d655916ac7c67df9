/** Answers a request with an error page in the tenant's look, or with plain text when even that cannot be had. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageError } from '../../http/errors.ts';
import type { Services } from '../../services.ts';
import { pageView, sendPage } from '../respond.ts';
import { renderError } from './page.ts';

export async function answerWithPage(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { title, message, code, status, details }: PageError,
  trackingId: string,
): Promise<FastifyReply> {
  try {
    const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
    return sendPage(reply, view, renderError({ ...view, title, message, code, details, trackingId }), { status });
  } catch (error) {
    // A failed database must not hide the first error behind a second one.
    services.log.error({ err: error, trackingId }, 'the error page could not be made');
    return reply.code(status).type('text/plain; charset=utf-8').send(`${title}\n${message}\n`);
  }
}
