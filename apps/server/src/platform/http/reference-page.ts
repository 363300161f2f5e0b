import { createHash } from 'node:crypto';

/** A ticket. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#c2410c" d="M1 3h14v3a2 2 0 0 0 0 4v3H1v-3a2 2 0 0 0 0-4z"/><path stroke="#fff" stroke-dasharray="1.5 1.5" d="M10.5 3v10"/></svg>`;

/** Scalar brings a Zod that would find out whether it may use `eval`, which the policy forbids and browsers report. */
const BEFORE_SCALAR = 'globalThis.__zod_globalConfig = { jitless: true };';

/**
 * The HTML of the API reference and the content security policy that lets its own scripts run and no other.
 * @param paths.script of Scalar's script; relative, so that it also works behind a path prefix.
 * @param paths.api of the API on the page's own host, whatever name that host was reached by: requests tried out on the
 *   page go there, which the policy and every browser allow.
 */
export function referencePage(paths: { document: string; script: string; api: string }) {
  const start = `Scalar.createApiReference('#app', ${scriptText(configuration(paths))});`;
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Promosmith API</title>
    <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}" />
  </head>
  <body>
    <noscript>The reference needs JavaScript; <a href="${paths.document}">the OpenAPI document</a> does not.</noscript>
    <div id="app"></div>
    <script>${BEFORE_SCALAR}</script>
    <script src="${paths.script}"></script>
    <script>${start}</script>
  </body>
</html>
`;
  return { page, policy: policyFor([BEFORE_SCALAR, start]) };
}

const configuration = ({ document, api }: { document: string; api: string }) => ({
  url: document,
  servers: [{ url: api }],
  authentication: { preferredSecurityScheme: 'apiKey' },
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
});

/** JSON that cannot end the script it stands in. */
const scriptText = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Styles are inline by Scalar's making. */
const policyFor = (scripts: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
