import type { Colours, ContentDocument } from '../document/documents.ts';
import { type Finding, finding } from './finding.ts';

/** WCAG 2.2, success criterion 1.4.3: text against what is behind it. */
const LEAST_CONTRAST = 4.5;

/** Colours that many people could not read. */
export function colourFindings(document: ContentDocument): readonly Finding[] {
  if (document.channel === 'email') return lintColours(document.colours, 'colours');
  if (document.channel !== 'popup') return [];
  const { light, dark } = document.theme;
  return [...lintColours(light, 'theme.light'), ...(dark ? lintColours(dark, 'theme.dark') : [])];
}

const lintColours = (colours: Colours, where: string): readonly Finding[] => [
  ...lintPair(colours.text, colours.background, `${where}.text`),
  ...lintPair(colours.onAccent, colours.accent, `${where}.onAccent`),
];

function lintPair(front: string, back: string, text: string): readonly Finding[] {
  const ratio = contrast(front, back);
  return ratio >= LEAST_CONTRAST
    ? []
    : [
        finding('contrast_low', `Its contrast is ${ratio.toFixed(1)}:1; ${LEAST_CONTRAST}:1 is the least.`, {
          text,
        }),
      ];
}

/** @param one `#rrggbb` */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const channel = (at: number): number => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
