import { enableCompileCache } from 'node:module';

// Half of what loading the program costs a thread: it is the same for each of them.
enableCompileCache();
await import('./run.ts');
