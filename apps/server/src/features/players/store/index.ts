export * from './occurrences.ts';
export * from './players.ts';
export * from './sample.ts';
