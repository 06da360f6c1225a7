import type { Message } from './message.js';

/** A chat that takes messages at an address of its own. */
export interface Service {
  readonly name: string;
  /** Environment variables: the only place that addresses and secrets come from. */
  readonly addressVariable: string;
  /** Undefined for a service that signs nothing. */
  readonly secretVariable?: string;
  /** Bytes of text that it takes for certain. */
  readonly limit: number;
  /** @param secret empty: do not sign */
  request(message: Message, address: URL, secret: string, now: Date): Request;
  /** @returns why the service did not take the message; undefined if it did */
  refusal(answer: Answer): string | undefined;
}

/** A POST of JSON. */
export interface Request {
  readonly url: URL;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}
