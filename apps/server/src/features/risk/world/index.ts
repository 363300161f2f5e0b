export { type Account, generateWorld, isAbuse, type Truth, type World } from './generate.ts';
export { type Found, judge, type Measured, measureWorld } from './measure.ts';
