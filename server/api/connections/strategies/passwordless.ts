/** Passwordless: a code or a link by text message or e-mail. */
import { Type } from 'typebox';
import { opt, orNull } from '../../../schema/types.ts';
import { address, common, flag, group, oneOf, type Strategy, strictGroup, text } from './strategy.ts';

const base = {
  ...common,
  name: text(255),
  disable_signup: flag,
  brute_force_protection: flag,
  totp: strictGroup({
    length: opt(orNull(Type.Integer({ minimum: 4, maximum: 40 }))),
    /** Seconds that a code is good for. */
    time_step: opt(orNull(Type.Integer({ minimum: 60, maximum: 86_400 }))),
  }),
};

const initial = { totp: { time_step: 180, length: 6 }, disable_signup: false, brute_force_protection: true };

const sms: Strategy = {
  family: 'passwordless',
  options: {
    ...base,
    from: text(128),
    syntax: oneOf('liquid', 'md_with_macros'),
    template: text(5120),
    provider: oneOf('sms_gateway', 'twilio'),
    twilio_sid: text(255),
    twilio_token: text(2048),
    messaging_service_sid: text(255),
    gateway_url: address,
    gateway_authentication: group({
      method: text(20),
      subject: text(255),
      audience: text(255),
      secret: text(5120),
      secret_base64_encoded: flag,
    }),
    forward_req_info: flag,
  },
  initial: { ...initial, name: 'sms' },
};

const email: Strategy = {
  family: 'passwordless',
  options: {
    ...base,
    email: strictGroup({
      body: text(102_400),
      from: text(1024),
      subject: text(1024),
      syntax: oneOf('liquid'),
    }),
    // A text in the vendor's documents, an object from its SDKs.
    authParams: opt(orNull(Type.Unsafe({ type: ['object', 'string'], maxLength: 1024 }))),
  },
  initial: { ...initial, name: 'email' },
};

export const passwordlessStrategies = { sms, email } as const;
