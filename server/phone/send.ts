/**
 * Messages to phones by a tenant's own provider. This folder owns what they say by default (`texts.ts`) and how they
 * are handed over; it knows nothing of why one is sent. Nothing is queued: a code that comes late is of no use.
 */
import type { Config } from '../config.ts';
import { EgressError, makeEgress } from '../http/egress.ts';

export type PhoneProvider = {
  readonly name: 'twilio' | 'custom';
  readonly configuration: {
    readonly sid?: string;
    readonly default_from?: string;
    readonly mssid?: string;
    readonly delivery_methods: readonly ('text' | 'voice')[];
  };
  readonly credentials?: { readonly auth_token?: string };
};

export type PhoneMessage = {
  /** E.164. */
  readonly to: string;
  /** In place of the provider's own number. */
  readonly from?: string | undefined;
  readonly delivery: 'text' | 'voice';
  /** Plain text. In speech a `PAUSE` is a second of silence. */
  readonly text: string;
};

/** Stands for a pause in a text that is spoken: a character that no text has (a private one of Unicode). */
export const PAUSE = '\u{e000}';

/** Why a message was not taken. The message is for administrators. */
export class PhoneError extends Error {}

const TIMEOUT = 10_000;

/** Hands a message over. @throws PhoneError when the provider cannot send it or does not take it */
export async function sendToPhone(
  config: Pick<Config, 'twilioUrl' | 'allowPrivateEgress'>,
  provider: PhoneProvider,
  message: PhoneMessage,
): Promise<void> {
  if (provider.name !== 'twilio')
    throw new PhoneError('A custom provider sends by an action, and there is none for it yet');
  if (!provider.configuration.delivery_methods.includes(message.delivery))
    throw new PhoneError(`The provider does not deliver by ${message.delivery}`);
  await twilio(config, provider, message);
}

/**
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 * @see https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
 */
async function twilio(
  { twilioUrl, allowPrivateEgress }: Pick<Config, 'twilioUrl' | 'allowPrivateEgress'>,
  { configuration, credentials }: PhoneProvider,
  { to, from, delivery, text }: PhoneMessage,
): Promise<void> {
  const { sid = '', default_from, mssid } = configuration;
  const sender = from ?? default_from;
  const spoken = delivery === 'voice';
  if (spoken && !sender) throw new PhoneError('A call needs a number that it comes from');
  const fields = {
    To: to,
    ...(sender ? { From: sender } : { MessagingServiceSid: mssid ?? '' }),
    ...(spoken ? { Twiml: twiml(text) } : { Body: text.replaceAll(PAUSE, ' ') }),
  };
  const egress = makeEgress({ allowPrivate: allowPrivateEgress });
  try {
    const path = `/2010-04-01/Accounts/${encodeURIComponent(sid)}/${spoken ? 'Calls' : 'Messages'}.json`;
    const { status, body } = await egress.send(`${twilioUrl}${path}`, {
      method: 'POST',
      timeoutMs: TIMEOUT,
      headers: {
        authorization: `Basic ${Buffer.from(`${sid}:${credentials?.auth_token ?? ''}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(fields).toString(),
    });
    if (status < 200 || status > 299) throw new PhoneError(`Twilio answered ${status}${reason(body)}`);
  } catch (error) {
    if (error instanceof EgressError) throw new PhoneError(error.message, { cause: error });
    throw error;
  } finally {
    await egress.close();
  }
}

/** What Twilio says is wrong: of its answer the message only. */
function reason(body: Buffer): string {
  try {
    const { message } = JSON.parse(body.toString()) as { message?: unknown };
    return typeof message === 'string' ? `: ${message.slice(0, 200)}` : '';
  } catch {
    return '';
  }
}

function twiml(text: string): string {
  const parts = text.split(PAUSE).map((part) => `<Say>${escapeXml(part.trim())}</Say>`);
  return `<Response>${parts.join('<Pause length="1"/>')}</Response>`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
