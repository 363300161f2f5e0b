import { drawBlocks } from '../draw/blocks.ts';
import { createStatus, drawButton, h } from '../draw/dom.ts';
import { emit } from '../host-events.ts';
import type { InboxMessage } from '../live/messages.ts';
import blocks from '../styles/blocks.css';
import css from '../styles/inbox.css';
import type { Widget } from '../widget.ts';
import { define, type Surroundings } from './define.ts';

/** `<promosmith-inbox>`: the player's messages, newest first, each opened where it stands. */
export function defineInbox(widget: Widget): void {
  define('promosmith-inbox', [blocks, css], widget, (surroundings) => draw(widget, surroundings));
}

function draw(widget: Widget, { root, signal }: Surroundings) {
  const { language, messages, session } = widget;
  const { say } = language;
  const list = h('div', { class: 'list' });
  const empty = h('p', { class: 'empty' });
  const spoken = h('p', { class: 'spoken', role: 'status' });
  const heading = h('h2', { class: 'heading', tabindex: -1 }, say('inbox'));
  root.append(heading, empty, list, spoken);
  const drawn = new Map<string, { element: HTMLElement; mark: HTMLElement }>();

  function update(): void {
    const inbox = messages.inbox();
    for (const [id, { element }] of drawn)
      if (!inbox.some((message) => message.id === id)) {
        const next = element.nextElementSibling ?? element.previousElementSibling;
        const focused = element.matches(':focus-within');
        element.remove();
        drawn.delete(id);
        if (focused) (next?.querySelector('summary') ?? heading).focus();
      }
    for (const [at, message] of inbox.entries()) {
      const item = drawn.get(message.id) ?? drawMessage(message);
      drawn.set(message.id, item);
      item.mark.hidden = message.state !== 'sent';
      // Only what is not in its place is moved: what is open stays open, and has its focus.
      if (list.children[at] !== item.element) list.insertBefore(item.element, list.children[at] ?? null);
    }
    empty.textContent = session.signedIn() ? (messages.loaded ? say('noMessages') : '…') : say('signIn');
    empty.hidden = inbox.length > 0;
  }

  function drawMessage(message: InboxMessage) {
    const { id, channel, content, sentAt } = message;
    const { locale, direction } = content;
    const mark = h('span', { class: 'mark' }, say('unread'));
    const status = createStatus();
    const remove = () => {
      emit(element, 'dismissed', { id, channel });
      void widget.claims.end(id, 'dismiss');
    };
    const element = h(
      'details',
      { class: 'card', ontoggle: opened },
      h(
        'summary',
        {},
        h('span', { class: 'title', lang: locale, dir: direction }, content.title),
        mark,
        h('span', { class: 'preview', lang: locale, dir: direction }, content.preview),
        h('time', { datetime: sentAt }, language.date(sentAt)),
      ),
    );
    function opened(): void {
      if (!element.open) return;
      if (element.children.length === 1) element.append(drawContent());
      if (messages.get(id)?.state !== 'sent') return;
      messages.move(id, 'shown');
      emit(element, 'shown', { id, channel });
      void widget.claims.show(id);
    }
    const drawContent = () =>
      h(
        'div',
        { class: 'body' },
        h(
          'div',
          { class: 'blocks', lang: locale, dir: direction },
          ...drawBlocks(content.blocks, {
            language,
            heading: 'h3',
            locale,
            signal,
            now: widget.api.now,
            announce: (text) => {
              spoken.textContent = text;
            },
            press: (button, event) =>
              widget.press(message, button, event, {
                close: () => {
                  if (button.action.kind === 'close') remove();
                },
                result: status.show,
              }),
            copied: (code) => emit(element, 'copied', { id, channel, code }),
          }),
        ),
        status.element,
        drawButton('quiet', say('delete'), remove),
      );
    return { element, mark };
  }

  messages.changed.add(update, signal);
  update();
  return {};
}
