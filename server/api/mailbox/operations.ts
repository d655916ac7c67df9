/** The inbox of mails that were kept because no mail server is configured. Ours: the vendor has no such thing. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { pageQuery } from '../lists.ts';

export const listMailbox = operation({
  id: 'get_mailbox',
  method: 'GET',
  path: '/mailbox',
  tag: 'Mailbox',
  summary: 'List kept mails, newest first',
  scopes: ['read:mailbox'],
  query: strict(pageQuery),
  status: 200,
  response: Type.Object({
    messages: Type.Array(
      Type.Object({
        id: Type.String(),
        to: Type.String(),
        subject: Type.String(),
        text: Type.String(),
        html: Type.String(),
        created_at: Type.String({ description: 'ISO 8601' }),
      }),
    ),
    total: Type.Integer(),
    start: Type.Integer(),
    limit: Type.Integer(),
  }),
});
