/** A whole number that was written as text; null past what a number holds exactly. */
export function safeNumber(text: string): number | null {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
