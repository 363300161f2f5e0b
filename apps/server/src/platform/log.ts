import { type Logger, pino } from 'pino';
import { isServerProcess } from './processes/server-process.ts';

/**
 * Structured JSON log; where several processes serve, each line says whose it is. Secrets and full codes never reach it:
 * what could carry them is cut here.
 */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: isServerProcess ? { pid: process.pid } : undefined,
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
