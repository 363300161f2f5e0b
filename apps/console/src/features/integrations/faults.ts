import { fieldFaults } from '../../kit/index.ts';

/** What is wrong, by field. What a thing is called stands in the address of the request, and in the field `name`. */
export function namedFaults(error: Error): Record<string, string> {
  const [name] = Object.values(fieldFaults(error, 'params.'));
  return { ...fieldFaults(error), ...(name === undefined ? {} : { name }) };
}
