/** The characters of GSM 03.38, one septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Those behind an escape: two septets. */
const EXTENDED = new Set('\f^{}\\[~]|€');

export interface SmsSize {
  /** One character outside GSM-7 turns the whole message into UCS-2, which holds less than half as much. */
  readonly encoding: 'gsm7' | 'ucs2';
  readonly segments: number;
}

const CAPACITY = {
  gsm7: { alone: 160, joined: 153 },
  ucs2: { alone: 70, joined: 67 },
} as const;

/** How many SMS a text is sent as: what an operator charges. Characters are not cut in two between segments. */
export function smsSegments(text: string): SmsSize {
  const symbols = [...text];
  const encoding = symbols.every((symbol) => BASIC.has(symbol) || EXTENDED.has(symbol)) ? 'gsm7' : 'ucs2';
  const costs = symbols.map((symbol) =>
    encoding === 'gsm7' ? (EXTENDED.has(symbol) ? 2 : 1) : symbol.length,
  );
  const { alone, joined } = CAPACITY[encoding];
  if (costs.reduce((sum, cost) => sum + cost, 0) <= alone) return { encoding, segments: 1 };
  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > joined) [segments, used] = [segments + 1, 0];
    used += cost;
  }
  return { encoding, segments };
}
