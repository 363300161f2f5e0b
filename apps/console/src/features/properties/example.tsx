import { Nothing } from '../../kit/index.ts';

/** A value as a rule writes it. */
export function Example({ of }: { of: unknown }) {
  if (of === undefined || of === null || of === '') return <Nothing />;
  return <>{JSON.stringify(of)}</>;
}
