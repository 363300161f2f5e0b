/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | boolean | null | undefined | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Everything that is put in is escaped, unless it was made with `html` itself. `false` and nothing are left out. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => (i === 0 ? text : written(parts[i - 1]) + text)).join('') };
}

function written(part: Part): string {
  if (part === null || part === undefined || typeof part === 'boolean') return '';
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  return 'html' in part ? part.html : part.map(written).join('');
}
