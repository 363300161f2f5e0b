export { type ClientOptions, type Credential, createClient } from './client.ts';
export { NoAnswerError, ProblemError } from './errors.ts';
export { paginate } from './paginate.ts';
export type { AnswerOf, CallOf, CallOptions, Client } from './types.ts';
export { type ReceivedHeaders, verifyWebhook, WebhookVerificationError } from './webhook.ts';
