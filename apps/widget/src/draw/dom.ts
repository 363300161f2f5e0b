type Value = string | number | boolean | undefined | ((event: Event) => void);
export type Child = Node | string | false | undefined;

/**
 * An element with attributes, listeners (`onclick: …`) and children. Its classes are its parts, too, which pages may style.
 * Texts become text, never markup; there are no inline styles or handlers, so the strictest content security policy has
 * nothing to forbid.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  if (element.className) element.setAttribute('part', element.className);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** @param kind `primary`, `secondary`, `quiet`, `danger` or `copy`. */
export const drawButton = (kind: string, label: string, onclick: (event: Event) => void): HTMLButtonElement =>
  h('button', { type: 'button', class: `button ${kind}`, onclick }, label);

/** A line that says what became of something, to who sees it and to who does not. */
export interface Status {
  readonly element: HTMLElement;
  show(text: string, good?: boolean): void;
}

export function createStatus(): Status {
  const element = h('p', { class: 'result', id: 'result', role: 'status' });
  return {
    element,
    show(text, good = true) {
      element.textContent = text;
      element.classList.toggle('bad', !good);
    },
  };
}

/** Works once at a time: what is pressed again meanwhile does nothing. */
export async function whileBusy(button: HTMLElement, work: () => Promise<void>): Promise<void> {
  if (button.ariaBusy) return;
  button.ariaBusy = 'true';
  await work();
  button.ariaBusy = null;
}

/** A shadow tree with its styles. */
export function shadowOf(host: HTMLElement, styles: readonly CSSStyleSheet[]): ShadowRoot {
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [...styles];
  return root;
}

export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
