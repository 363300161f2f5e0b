/** Why attempts were refused, the most frequent reason first. */
export function reasonsOf(
  attempts: readonly { readonly outcome: string; readonly refusalKey: string | null }[],
): { key: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { outcome, refusalKey } of attempts)
    if (outcome === 'refused' && refusalKey !== null)
      counts.set(refusalKey, (counts.get(refusalKey) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count);
}
