export * from './occurrences.ts';
export * from './players.ts';
