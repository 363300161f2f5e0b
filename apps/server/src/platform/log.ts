import { type Logger, pino } from 'pino';

/** Structured JSON log. Secrets and full codes never reach it: what could carry them is cut here. */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: undefined,
    redact: {
      paths: [
        'req.headers.authorization',
        'req.headers.cookie',
        '*.authorization',
        '*.cookie',
        '*.password',
        '*.secret',
        '*.token',
        '*.code',
      ],
      censor: '[cut]',
    },
  });
