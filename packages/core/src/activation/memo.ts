/** The same function, working out its answer for each key only once. */
export function memo<Key, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, { readonly value: Value }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) {
      entry = { value: of(key) };
      known.set(key, entry);
    }
    return entry.value;
  };
}
