const LATEST_MS = 2 ** 48 - 1;

/** The least UUIDv7 of an instant: lets a list ordered by id begin at a time without reading what comes before it. */
export function earliestIdAt(ms: number): string {
  const time = Math.min(Math.max(0, Math.floor(ms)), LATEST_MS)
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
