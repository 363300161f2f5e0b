import { useLocation, useNavigate } from '@tanstack/react-router';

/** What a page's address may say after the `?`: texts, each of its own name. */
export type SearchOf<Name extends string> = { [K in Name]?: string };

/** For `validateSearch`: keeps the named texts and drops everything else, so that a wrong link shows an unfiltered page. */
export const searchOf =
  <const Name extends string>(...names: readonly Name[]) =>
  (raw: Record<string, unknown>): SearchOf<Name> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = raw[name];
        return value === undefined || value === null || value === '' ? [] : [[name, String(value)]];
      }),
    ) as SearchOf<Name>;

/** Which part of the page is shown is no filter of it. */
const TAB = 'tab';

/**
 * The filters in the page's address. Setting one to undefined takes it out; a filter is no step of the way back.
 * @param apart names in the address that filter nothing either, such as what is open at the side.
 */
export function useFilters<Name extends string>(
  ...apart: readonly Name[]
): {
  filters: SearchOf<Name>;
  isFiltered: boolean;
  setFilters: (patch: SearchOf<Name>) => void;
  clear: () => void;
  /** Another part of the page, which has filters of its own. */
  openTab: (tab: string) => void;
} {
  const filters = useLocation().search as SearchOf<Name>;
  const navigate = useNavigate();
  const go = (search: object) =>
    void navigate({ to: '.', search, replace: true } as Parameters<typeof navigate>[0]);
  const set = Object.entries(filters).filter(([, value]) => value !== undefined);
  const isApart = (name: string) => name === TAB || apart.some((other) => other === name);
  return {
    filters,
    isFiltered: set.some(([name]) => !isApart(name)),
    setFilters: (patch) => go({ ...filters, ...patch }),
    clear: () => go(Object.fromEntries(set.filter(([name]) => isApart(name)))),
    openTab: (tab) => go({ [TAB]: tab }),
  };
}

/** What the address says, if it is one of the values a list takes. */
export const oneOf = <const Value extends string>(
  values: readonly Value[],
  text: string | undefined,
): Value | undefined => values.find((value) => value === text);
