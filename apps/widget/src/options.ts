/** What the operator says on the script tag. */
export interface Options {
  /** Where the API is, without a slash at its end. */
  readonly api: string;
  /** Publishable API key: codes can be tried before anybody has signed in. */
  readonly key: string | undefined;
  /** BCP 47: of the page, or of the browser, unless the tag says. */
  readonly locale: string;
  /** Decimals of currencies beyond ISO 4217, by their codes. */
  readonly decimals: Readonly<Record<string, number>>;
  /** Whether popups wait until the page lets them show. */
  readonly holdPopups: boolean;
}

/** @param script the tag that loaded the widget: the API is beside it unless `data-api` says otherwise. */
export function readOptions({ src, dataset }: HTMLScriptElement): Options {
  return {
    api: new URL(dataset.api ?? '.', new URL(src, location.href)).href.replace(/\/+$/, ''),
    key: dataset.key,
    locale: dataset.locale || document.documentElement.lang || navigator.languages[0] || 'en',
    decimals: JSON.parse(dataset.decimals ?? '{}'),
    holdPopups: dataset.popups === 'hold',
  };
}
