/**
 * What pages may load and do: their own files, and the widget. No inline script, no inline style, no frames.
 * @param promosmith base URL of Promosmith in the browser.
 */
export function contentPolicy(promosmith: string): string {
  const { origin } = new URL(promosmith);
  return [
    `default-src 'none'`,
    `script-src 'self' ${origin}`,
    `style-src 'self'`,
    // Popups and inbox messages may have pictures from anywhere.
    `img-src 'self' https: ${origin}`,
    `connect-src 'self' ${origin}`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}
