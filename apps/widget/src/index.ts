import { createActions } from './actions.ts';
import { createApi } from './api/api.ts';
import { createSession, type Session } from './api/session.ts';
import { defineBonuses } from './elements/bonuses.ts';
import { defineCode } from './elements/code.ts';
import { defineInbox } from './elements/inbox.ts';
import { emit } from './host-events.ts';
import { createClaims } from './live/claims.ts';
import { keepUp } from './live/connection.ts';
import { createMessages, type Messages } from './live/messages.ts';
import { createPress } from './live/press.ts';
import { readOptions } from './options.ts';
import { createPopups } from './popups/queue.ts';
import { createLanguage } from './texts/language.ts';

type Command = (...values: never[]) => void;

/** `promosmith(…)`: until the script is there, the page's own stub keeps its calls in `q`. */
interface Promosmith {
  (command: string, ...values: unknown[]): void;
  q?: ArrayLike<unknown>[];
  loaded?: true;
}

declare global {
  interface Window {
    promosmith?: Promosmith;
  }
}

/** The widget, once on a page however often its tag is. */
function start(script: HTMLScriptElement): void {
  const options = readOptions(script);
  const session = createSession();
  const api = createApi(options, session);
  const language = createLanguage(options.locale, options.decimals);
  const messages = createMessages();
  const claims = createClaims(api, messages);
  const actions = createActions(api, session);
  const press = createPress(api, claims, actions, language);
  const popups = createPopups({ api, claims, language, messages, press }, options.holdPopups);

  const commands: Record<string, Command> = {
    token: (provider: Parameters<Session['provide']>[0]) => session.provide(provider),
    action: (name: unknown, properties: unknown) => actions.add(name, properties),
    locale: (locale: string) => language.use(locale),
    texts: (locale: string, texts: Parameters<typeof language.add>[1]) => language.add(locale, texts),
    popups: (what: unknown) => popups.hold(what === 'hold'),
  };
  const run: Promosmith = (command, ...values) => {
    if (commands[command]) commands[command](...(values as never[]));
    else console.error(`promosmith: there is no command ${command}`);
  };
  run.loaded = true;
  const early = window.promosmith?.q ?? [];
  window.promosmith = run;
  for (const call of early) run(...(Array.from(call) as [string]));

  tellUnread(messages);
  const widget = { session, api, language, messages, claims, actions, press };
  defineCode(widget);
  defineBonuses(widget);
  defineInbox(widget);
  keepUp(api, session, messages, ({ id, channel }) => emit(window, 'message', { id, channel }));
  emit(window, 'ready', {});
}

function tellUnread(messages: Messages): void {
  let told = -1;
  messages.changed.add(() => {
    // Nobody's, once the player has signed out.
    const count = messages.loaded ? messages.unread() : Math.min(told, 0);
    if (count === told) return;
    told = count;
    emit(window, 'unread', { count });
  });
}

const { currentScript } = document;
if (currentScript instanceof HTMLScriptElement && !window.promosmith?.loaded) start(currentScript);
