/**
 * What a quick start is made of. Each kind of application has one function that fills a guide in for a client.
 */
import type { CodeBlockProps } from '../../ui/code-block.tsx';

/** What is filled in. */
export type Facts = {
  /** As the SDKs take it, such as id.example.com. */
  domain: string;
  /** With the trailing slash. */
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  /** Identifier of the API that a machine asks a token for. */
  audience: string;
};

/** Addresses that the sample uses, by the setting that has to allow them. */
export type Addresses = { callbacks: string[]; allowed_logout_urls: string[]; web_origins?: string[] };

export type Step = {
  title: string;
  text?: string;
  blocks?: CodeBlockProps[];
  values?: { label: string; value: string }[];
};

export type Guide = { addresses?: Addresses; steps: Step[] };

/** Stands in the code where a client has no secret that may be shown. */
export const SECRET_PLACEHOLDER = 'YOUR_CLIENT_SECRET';
