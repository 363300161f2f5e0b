import type { Indicator } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';

export const emailDisposable: Indicator<HistoryKnown> = {
  name: 'email_disposable',
  version: 1,
  points: 60,
  reach: 'decline',
  describe: 'The e-mail address is of a service for throw-away mailboxes.',
  find: ({ disposableDomain }) => (disposableDomain === null ? null : { domain: disposableDomain }),
};
