const FOLLOWED = ['https:', 'http:', 'mailto:', 'tel:'];

/** The address of a link that may be followed. The server has checked it; nothing else ever gets into an `href`. */
export function safeLink(url: string, schemes: readonly string[] = FOLLOWED): string | undefined {
  const parsed = URL.parse(url, location.href);
  return parsed && schemes.includes(parsed.protocol) ? parsed.href : undefined;
}

export const safeImage = (url: string): string | undefined => safeLink(url, ['https:', 'http:']);
