/** A field that a change touched; undefined where there was, or is, none. */
export interface Changed {
  /** `settings.approvals.manualGrant` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields in which two states differ, by path; what is no object is compared whole. */
export function changed(before: unknown, after: unknown, path = ''): Changed[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isObject(before) && !isObject(after)) return [{ path, before, after }];
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name) =>
    changed(old[name], now[name], path === '' ? name : `${path}.${name}`),
  );
}
