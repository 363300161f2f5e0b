import type { Store } from '../store.ts';

/** Something to be said to a player on the next page. */
export interface Notice {
  tone: 'good' | 'bad' | 'plain';
  text: string;
}

export type Notices = ReturnType<typeof createNotices>;

export function createNotices(store: Store) {
  return {
    leave(playerId: string, tone: Notice['tone'], text: string): void {
      store.run('insert into notices (player_id, tone, text) values (?, ?, ?)', playerId, tone, text);
    },
    /** Each is shown once. */
    take: (playerId: string): Notice[] =>
      store.all<Notice>('delete from notices where player_id = ? returning tone, text', playerId),
  };
}
