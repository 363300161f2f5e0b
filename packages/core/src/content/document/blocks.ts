/** What a button does. `url` and `code` are templates. */
export type ButtonAction =
  | { readonly kind: 'close' }
  | { readonly kind: 'open_url'; readonly url: string }
  /** Fires a client action of that name from the player's browser. */
  | { readonly kind: 'client_action'; readonly name: string }
  /** Tries the code for the player who pressed it. */
  | { readonly kind: 'apply_code'; readonly code: string };

/**
 * A part of a document. There is no HTML anywhere: texts are templates that come out as plain text, links as checked
 * URLs, and whoever shows the document draws it. `id` is unique in the document; translations go by it.
 */
export type Block =
  | { readonly id: string; readonly type: 'heading'; readonly text: string }
  /** Line feeds are shown. */
  | { readonly id: string; readonly type: 'text'; readonly text: string }
  | { readonly id: string; readonly type: 'image'; readonly url: string; readonly alt: string }
  /** A promo code with a button that copies it. */
  | {
      readonly id: string;
      readonly type: 'code';
      readonly value: string;
      readonly copyLabel: string;
      readonly copiedLabel: string;
    }
  | {
      readonly id: string;
      readonly type: 'button';
      readonly label: string;
      readonly style: 'primary' | 'secondary';
      readonly action: ButtonAction;
    }
  /** Counts down to the instant that `until` comes out as. */
  | {
      readonly id: string;
      readonly type: 'countdown';
      readonly until: string;
      readonly label: string;
      readonly endedLabel: string;
    }
  | { readonly id: string; readonly type: 'divider' }
  | { readonly id: string; readonly type: 'list'; readonly items: readonly string[] };

export type BlockType = Block['type'];
