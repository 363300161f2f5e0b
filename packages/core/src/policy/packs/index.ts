import type { Jurisdiction, PolicyPack } from '../types.ts';
import { GB } from './gb.ts';
import { DEFAULT, MT } from './general.ts';

/** The rules of every jurisdiction this product knows, past, present and announced. Data, not legal advice. */
export const POLICY_PACKS: Readonly<Record<Jurisdiction, PolicyPack>> = { default: DEFAULT, GB, MT };
