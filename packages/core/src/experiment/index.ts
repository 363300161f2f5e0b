/** Which arm of an experiment a player is dealt to. */
export { armOf } from './arm.ts';
