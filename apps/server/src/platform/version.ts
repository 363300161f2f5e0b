import { readFileSync } from 'node:fs';

const manifest: { version: string } = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
);

/** The release this is, as the API document, the command line and the metrics say it. */
export const VERSION = manifest.version;
