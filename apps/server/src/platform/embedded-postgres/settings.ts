/**
 * Settings of the embedded server: a small machine with 2 cores that also runs the application. Durability is never traded:
 * what is acknowledged is on disk.
 */
export const defaultSettings: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '2GB',
  // The shipped build has neither lz4 nor zstd.
  wal_compression: 'pglz',
  // Statements here are short; compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
};
