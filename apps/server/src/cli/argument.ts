import { InvalidArgumentError } from 'commander';
import { z } from 'zod';

/** A parser of an option's value by a schema of the contract. */
export const argument =
  (schema: z.ZodType<string>) =>
  (text: string): string => {
    const parsed = schema.safeParse(text);
    if (!parsed.success) throw new InvalidArgumentError(z.prettifyError(parsed.error));
    return parsed.data;
  };
