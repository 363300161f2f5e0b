/**
 * A template as a small picture of it can show: values by the last word of their names, in capitals, and of choices
 * what stands in them first.
 */
export const rough = (template: string): string =>
  template
    .replace(/\{%-?\s*(else|elsif|when)\b[\s\S]*?\{%-?\s*end(if|unless|case)\s*-?%\}/g, '')
    .replace(/\{%[\s\S]*?%\}/g, '')
    .replace(/\{\{-?\s*([^}|]*?)\s*(\|[^}]*)?-?\}\}/g, (_, name: string) =>
      (name.split('.').at(-1) ?? '').replace(/^user_/, '').toUpperCase(),
    )
    .trim();
