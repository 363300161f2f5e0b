import { hash, verify } from '@node-rs/argon2';

/** OWASP's least for Argon2id, the library's default algorithm: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2id in its encoded form, which holds salt and cost. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST);

export const isPassword = (hashed: string, password: string): Promise<boolean> => verify(hashed, password);
