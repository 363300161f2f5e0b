import { h, shadowOf, sheetOf } from '../draw/dom.ts';
import base from '../styles/base.css';
import type { Widget } from '../widget.ts';

/** An element while it is on the page. */
export interface Drawn {
  /** Reads anew what it shows. */
  refresh?(): void;
}

export interface Surroundings {
  readonly host: HTMLElement;
  /** What is shown; its language and direction are set. */
  readonly root: HTMLElement;
  /** Of a form that the element is a part of. */
  readonly internals: ElementInternals;
  /** Given when the element is taken off the page, or drawn anew. */
  readonly signal: AbortSignal;
}

/**
 * Defines a custom element with a shadow tree. `draw` is called when it comes onto the page, and again with an empty
 * root when another player is signed in or the language changes; what was drawn before is replaced after that.
 */
export function define(
  name: string,
  css: readonly string[],
  widget: Widget,
  draw: (surroundings: Surroundings) => Drawn,
): void {
  const sheets = [base, ...css].map(sheetOf);
  class PromosmithElement extends HTMLElement {
    static readonly formAssociated = true;
    readonly #internals = this.attachInternals();
    readonly #shadow = shadowOf(this, sheets);
    #drawn: Drawn | undefined;
    /** While it is on the page; and while what is drawn stays. */
    #on = new AbortController();
    #fresh = new AbortController();

    connectedCallback() {
      this.#on = new AbortController();
      for (const { changed } of [widget.language, widget.session])
        changed.add(() => this.#draw(), this.#on.signal);
      this.#draw();
    }

    disconnectedCallback() {
      this.#on.abort();
      this.#fresh.abort();
      this.#shadow.replaceChildren();
    }

    /** Reads anew what it shows. */
    refresh() {
      this.#drawn?.refresh?.();
    }

    #draw() {
      this.#fresh.abort();
      this.#fresh = new AbortController();
      const { locale, direction } = widget.language;
      const root = h('div', { class: 'root', lang: locale, dir: direction });
      const { signal } = this.#fresh;
      this.#drawn = draw({ host: this, root, internals: this.#internals, signal });
      this.#shadow.replaceChildren(root);
    }
  }
  if (!customElements.get(name)) customElements.define(name, PromosmithElement);
}
