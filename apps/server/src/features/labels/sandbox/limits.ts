/** What an evaluation may take. docs/guides/label-tags.md tells operators. */
export const SANDBOX_LIMITS = {
  /** Bytes of everything a program holds at once. */
  memory: 8 * 1024 * 1024,
  /** Bytes of its call stack. */
  stack: 256 * 1024,
  /** Of the processor's time, ms: it is interrupted between two of its steps, or refused after a long one. */
  cpuMs: 50,
  /** By the clock, ms: its thread is ended from outside, if one step alone takes too long. */
  wallMs: 250,
} as const;
