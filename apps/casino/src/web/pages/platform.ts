import { randomUUID } from 'node:crypto';
import type { PlatformEventResult } from '@promosmith/contract';
import { z } from 'zod';
import type { Payment } from '../../cashier/cashier.ts';
import type { Casino } from '../../casino.ts';
import { euros } from '../../money.ts';
import type { ToldEvent } from '../../promosmith/telling.ts';
import type { Received } from '../../promosmith/webhooks.ts';
import { EXAMPLES } from '../examples.ts';
import { check, type Filled, field, type Problems, summary } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { type Frame, type Page, token } from '../layout.ts';
import type { PlayerVisit, Site } from '../server.ts';
import { shortTime } from './cashier.ts';

const MOST_DATA = 20_000;

const SentEvent = z.object({
  type: z.string().min(1, 'Which event?').max(100, 'No type is as long as that.'),
  eventId: z
    .string()
    .min(1, 'Every event has an id.')
    .max(128, 'At most 128 characters, please.')
    .regex(/^[\x20-\x7e]+$/, 'Printable ASCII only, please.'),
  data: z
    .string()
    .max(MOST_DATA, 'That is too much for this form.')
    .transform((text, context) => {
      const read = parse(text);
      if (typeof read !== 'object' || read === null || Array.isArray(read)) {
        context.addIssue('This is no JSON object.');
        return z.NEVER;
      }
      return read as Record<string, unknown>;
    }),
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The page on which a visitor plays the platform: what it tells Promosmith, and what it hears back. */
export function mountPlatform({ forPlayers }: Site, casino: Casino): void {
  const { telling, webhooks, cashier, players, promosmith, store } = casino;

  function show({ player, show }: PlayerVisit, filled: Filled, problems: Problems, status = 200) {
    const view: View = {
      ...{ filled, problems, playerId: player.playerId, isExcluded: player.excludedUntil !== null },
      told: telling.latest(player.playerId),
      received: webhooks.latest(player.playerId),
      withdrawals: cashier.latest(player.playerId).filter(({ state }) => state === 'requested'),
    };
    return show(platformPage(view), status);
  }

  forPlayers('get', '/platform', (visit) => {
    const { type = 'login' } = visit.request.query as Filled;
    return show(visit, formFor(Object.hasOwn(EXAMPLES, type) ? type : 'login'), {});
  });

  forPlayers('post', '/platform/events', async (visit) => {
    const { player, filled, goTo } = visit;
    const read = check(SentEvent, filled);
    if (!read.ok) return show(visit, filled, read.problems, 422);
    const { type, eventId, data } = read.value;
    const answer = await telling.tell({ id: eventId, type, player: player.playerId, data });
    if (answer?.status === 'rejected') {
      const fields = answer.reason.errors?.map(({ field, reason }) => `${field}: ${reason}`) ?? [];
      const message = [answer.reason.message, ...fields].join(' ');
      // An id that was answered stays answered: the next try has a new one.
      return show(visit, { ...filled, eventId: newId() }, { '': message }, 422);
    }
    return goTo(`/platform?type=${encodeURIComponent(type)}`);
  });

  forPlayers('post', '/platform/login', async ({ player, request, goTo }) => {
    await telling.tell({
      id: `login-${randomUUID()}`,
      type: 'login',
      player: player.playerId,
      data: { ip: request.ip, country: player.country },
    });
    return goTo('/platform');
  });

  forPlayers('post', '/platform/withdrawals/:paymentId/pay', async ({ player, request, goTo }) => {
    const { paymentId } = request.params as { paymentId: string };
    await cashier.pay(player.playerId, paymentId);
    return goTo('/platform');
  });

  forPlayers('post', '/platform/exclusion/lift', async ({ player, goTo }) => {
    await promosmith.setSelfExclusion({
      params: { externalId: player.playerId },
      body: { excluded: false, reason: 'lifted on the demo casino’s platform page' },
    });
    store.together(() => players.setExclusion(player.playerId, null));
    return goTo('/platform');
  });
}

const newId = () => `played-${randomUUID().slice(0, 8)}`;

const formFor = (type: string): Filled => ({
  type,
  eventId: newId(),
  data: JSON.stringify(EXAMPLES[type]?.data() ?? {}, null, 2),
});

interface View {
  filled: Filled;
  problems: Problems;
  playerId: string;
  isExcluded: boolean;
  told: readonly ToldEvent[];
  received: readonly Received[];
  withdrawals: readonly Payment[];
}

const platformPage =
  (view: View) =>
  (frame: Frame): Page => ({
    title: 'Platform side',
    menu: '/platform',
    scripts: ['platform.js'],
    body: html`<h1>Platform side</h1>
<p class="lead">What a casino’s back end does, by hand: tell Promosmith what happens, and hear what it says. You are <code>${view.playerId}</code> to it.</p>
<div class="split">
<section class="card" aria-labelledby="send"><h2 id="send">Send an event</h2>${eventForm(view, frame)}</section>
<section class="card" aria-labelledby="quick"><h2 id="quick">Do something</h2>${actions(view, frame)}</section>
</div>
<section aria-labelledby="told"><h2 id="told">What we told Promosmith</h2>${toldList(view.told)}</section>
<section aria-labelledby="heard"><h2 id="heard">What Promosmith told us</h2>
<p class="hint">Webhooks whose signature was right. They arrive a moment later: <a href="/platform">look again</a>.</p>${receivedList(view.received)}</section>`,
  });

function eventForm({ filled, problems }: View, frame: Frame): Html {
  return html`${summary(problems)}
<form method="get" action="/platform" class="inline"><label for="example">Begin with</label>
  <select id="example" name="type" data-submit>${Object.entries(EXAMPLES).map(
    ([type, { about }]) =>
      html`<option value="${type}" ${type === filled.type && html`selected`}>${type}: ${about}</option>`,
  )}</select> <button class="quiet">Fill in</button></form>
<form method="post" action="/platform/events" class="stack" novalidate>${token(frame)}
  ${field({ name: 'type', label: 'Type' }, filled, problems)}
  ${field({ name: 'eventId', label: 'Our id of it', hint: 'Sent twice with the same id, it counts once.' }, filled, problems)}
  <div class="field"><label for="data">Data</label>
    <textarea id="data" name="data" rows="8" spellcheck="false" ${problems.data && html`aria-invalid="true" aria-describedby="data-problem"`}>${filled.data}</textarea>
    ${problems.data && html`<p class="problem" id="data-problem">${problems.data}</p>`}</div>
  <button>Send</button></form>`;
}

const actions = ({ withdrawals, isExcluded }: View, frame: Frame): Html => html`<ul class="plain stack">
<li><form method="post" action="/platform/login">${token(frame)}<button class="quiet">Log in once more</button></form>
  <p class="hint">Tells <code>login</code>.</p></li>
<li><button type="button" class="quiet" data-action="WHEEL_SPUN">Fire a client action</button>
  <p class="hint" role="status" data-action-said>The widget sends <code>WHEEL_SPUN</code> from this browser.</p></li>
${withdrawals.map(
  ({ paymentId, amount }) =>
    html`<li>
      <form method="post" action="/platform/withdrawals/${paymentId}/pay">${token(frame)}<button class="quiet">Pay out ${euros(amount)}</button>
      </form><p class="hint">The bank has said yes.</p></li>`,
)}
<li><a class="button quiet" href="/responsible">Exclude myself, or cool off</a>
  <p class="hint">Tells <code>player.self_excluded</code>; codes are refused from then on.</p></li>
${
  isExcluded &&
  html`<li>
  <form method="post" action="/platform/exclusion/lift">${token(frame)}<button class="quiet">Lift my exclusion</button>
  </form><p class="hint">As support would, once the time is over. For trying things out.</p></li>`
}
</ul>`;

function toldList(told: readonly ToldEvent[]): Html {
  if (told.length === 0) return html`<p class="empty">Nothing yet.</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="told"><table>
<thead><tr><th scope="col">When, UTC</th><th scope="col">Event</th><th scope="col">Answer</th>
  <th scope="col">Data</th></tr></thead>
<tbody>${told.map(
    ({
      id,
      type,
      time,
      data,
      answer,
    }) => html`<tr><td>${shortTime(time)}</td><td><code>${type}</code><br><span class="hint">${id}</span></td>
<td>${answerText(answer)}</td><td>${jsonDetails(data)}</td></tr>`,
  )}</tbody></table></div>`;
}

function answerText(answer: PlatformEventResult | undefined): Html {
  if (!answer) return html`<span class="tag plain">waits to be sent</span>`;
  if (answer.status === 'rejected')
    return html`<span class="tag bad">rejected</span> <code>${answer.reason.key}</code><br><span class="hint">${answer.reason.message}</span>`;
  const { code } = answer;
  return html`<span class="tag ${answer.status === 'accepted' ? 'good' : 'plain'}">${answer.status}</span>${
    code &&
    html` <span class="hint">code: ${code.outcome}${code.key && html` <code>${code.key}</code>`}</span>`
  }`;
}

function receivedList(received: readonly Received[]): Html {
  if (received.length === 0) return html`<p class="empty">Nothing yet.</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="heard"><table>
<thead><tr><th scope="col">When, UTC</th><th scope="col">Event</th><th scope="col">Data</th></tr></thead>
<tbody>${received.map(
    ({ id, type, receivedAt, data }) => html`<tr><td>${shortTime(receivedAt)}</td>
  <td><code>${type}</code><br><span class="hint">${id}</span></td><td>${jsonDetails(data)}</td></tr>`,
  )}</tbody>
  </table></div>`;
}

const jsonDetails = (data: unknown): Html =>
  html`<details><summary>Show</summary><pre>${JSON.stringify(data, null, 2)}</pre></details>`;
