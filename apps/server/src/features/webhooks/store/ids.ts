/**
 * SQL for the smallest UUIDv7 of an instant. Event ids are UUIDv7, so the primary key of deliveries also finds the
 * events of a span of time.
 * @param ms SQL of milliseconds since 1970.
 */
export const firstIdAt = (ms: string): string =>
  `(lpad(to_hex(greatest(${ms}, 0)::bigint), 12, '0') || repeat('0', 20))::uuid`;
