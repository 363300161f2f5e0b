import type { Block } from '../document/blocks.ts';
import type { Colours } from '../document/documents.ts';
import { escapeHtml } from '../writers/index.ts';
import type { Letter } from './letter.ts';

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MONOSPACE = 'ui-monospace,SFMono-Regular,Menlo,Consolas,monospace';

/**
 * The email as HTML: tables and inline styles, which is what mail programs draw alike. Every text and link is escaped
 * here, once; colours come from the document's schema as `#rrggbb`.
 */
export function drawEmail(letter: Letter): string {
  const { document, locale, direction } = letter;
  const { colours } = document;
  const rows = document.blocks.map((block) => row(drawBlock(block, letter))).join('\n');
  return `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(document.subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f2f3f5">
<div style="display:none;max-height:0;overflow:hidden;opacity:0">${escapeHtml(document.preheader)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f3f5">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:${colours.background};border-radius:12px;font-family:${FONT};color:${colours.text}">
<tr><td style="height:16px;line-height:16px;font-size:0">&nbsp;</td></tr>
${rows}
<tr><td style="height:16px;line-height:16px;font-size:0">&nbsp;</td></tr>
</table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;font-family:${FONT}">
<tr><td align="center" style="padding:16px 24px;font-size:12px;line-height:18px;color:#5b6270">${lines(document.footer)}<br><a href="${escapeHtml(letter.unsubscribeUrl)}" style="color:#5b6270">${escapeHtml(document.unsubscribeLabel)}</a></td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const row = (content: string): string =>
  `<tr><td align="center" style="padding:8px 32px">${content}</td></tr>`;

const lines = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>');

function drawBlock(block: Block, { document: { colours }, direction, showInstant }: Letter): string {
  const start = direction === 'rtl' ? 'right' : 'left';
  switch (block.type) {
    case 'heading':
      return `<h1 style="margin:8px 0;font-size:24px;line-height:32px">${escapeHtml(block.text)}</h1>`;
    case 'text':
      return `<p style="margin:0;font-size:16px;line-height:24px;text-align:${start}">${lines(block.text)}</p>`;
    case 'image':
      return `<img src="${escapeHtml(block.url)}" alt="${escapeHtml(block.alt)}" width="536" style="display:block;width:100%;max-width:536px;height:auto;border:0;border-radius:8px">`;
    case 'code':
      return `<div dir="ltr" style="display:inline-block;padding:14px 24px;border:2px dashed ${colours.accent};border-radius:8px;font-family:${MONOSPACE};font-size:24px;line-height:32px;font-weight:700;letter-spacing:2px">${escapeHtml(block.value)}</div>`;
    case 'button':
      return block.action.kind === 'open_url' ? drawButton(block, block.action.url, colours) : '';
    case 'countdown':
      return `<p style="margin:0;font-size:14px;line-height:20px">${escapeHtml(block.label)} <bdi><strong>${escapeHtml(showInstant(block.until))}</strong></bdi></p>`;
    case 'divider':
      return `<div style="height:1px;line-height:1px;font-size:0;background:${colours.text};opacity:0.15">&nbsp;</div>`;
    case 'list':
      return `<ul style="margin:0;padding-${start}:24px;font-size:16px;line-height:24px;text-align:${start}">${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
  }
}

/** A cell with a background or border, as some mail programs draw no padding on links. */
function drawButton(
  { label, style }: { label: string; style: string },
  url: string,
  colours: Colours,
): string {
  const primary = style === 'primary';
  const cell = primary ? `background:${colours.accent}` : `border:1px solid ${colours.text}`;
  return `<table role="presentation" cellpadding="0" cellspacing="0"><tr><td style="border-radius:8px;${cell}"><a href="${escapeHtml(url)}" style="display:inline-block;padding:14px 32px;font-size:16px;line-height:24px;font-weight:600;color:${primary ? colours.onAccent : colours.text};text-decoration:none">${escapeHtml(label)}</a></td></tr></table>`;
}
