import type { Indicator } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';

export const emailAliasDuplicate: Indicator<HistoryKnown> = {
  name: 'email_alias_duplicate',
  version: 1,
  points: 50,
  reach: 'decline',
  describe: 'Another account has the same mailbox, as it is written or in another spelling of it.',
  find: ({ mailboxOthers }) => (mailboxOthers > 0 ? { others: mailboxOthers } : null),
};
