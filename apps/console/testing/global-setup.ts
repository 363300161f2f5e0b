import { buildConsole } from '../build/build.ts';

/** Tests load what is built. */
export default buildConsole;
