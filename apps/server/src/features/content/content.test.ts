import { randomUUID } from 'node:crypto';
import type { ContentDocument } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp, type TestRequest } from '../../testing/test-app.ts';
import { findContentVersion } from './index.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const SMS: ContentDocument = {
  ...{ channel: 'sms', locale: 'en', text: 'Hi {{ state.user_ext_id }}' },
  translations: { de: { text: 'Hallo {{ state.user_ext_id }}' } },
};

const add = (input: object, options?: TestRequest) =>
  app.request('POST', '/v1/content', { body: { name: 'Welcome', ...input }, ...options });
const addSms = async (change: Partial<ContentDocument> = {}) =>
  (await add({ from: 'document', document: { ...SMS, ...change } })).body;
const get = async (path: string, options?: TestRequest) =>
  (await app.request('GET', `/v1/content${path}`, options)).body;
const change = (id: string, body: object, options?: TestRequest) =>
  app.request('PATCH', `/v1/content/${id}`, { body, ...options });
const post = (path: string, body: object, options?: TestRequest) =>
  app.request('POST', `/v1/content/${path}`, { body, ...options });

describe('the library', () => {
  it('keeps a document as it was written, whatever there is to say of it', async () => {
    const document = { ...SMS, text: '{{ state.shoe_size }}' };
    const { status, body } = await add({ from: 'document', document });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Welcome', channel: 'sms', version: 1, archived: false, document });
    expect(body.findings).toEqual([
      {
        ...{ severity: 'error', key: 'unknown_variable', text: 'text', line: 1, column: 4 },
        message: 'There is no state.shoe_size.',
      },
    ]);
    expect(await get(`/${body.id}`)).toEqual(body);
  });

  it('begins with a template, its parameters filled in', async () => {
    const { items } = (await app.request('GET', '/v1/content-templates')).body;
    expect(items).toHaveLength(11);
    const template = 'promo-code-with-label-tag';
    const { status, body } = await add({
      ...{ from: 'template', template },
      parameters: { label: 'spring_code', whenShown: 'SPRING_IS_SHOWN' },
    });
    expect([status, body.channel, body.document.whenShown]).toEqual([201, 'popup', 'SPRING_IS_SHOWN']);
    expect(body.document.blocks).toContainEqual(
      expect.objectContaining({ type: 'code', value: '{{ label.spring_code }}' }),
    );
    const plain = await add({ from: 'template', template });
    const offered = items.find(({ id }: { id: string }) => id === template);
    expect(plain.body.document).toEqual(offered.document);
  });

  test.each([
    [{ template: 'nope' }, 'template'],
    [{ template: 'sms-promo-code', parameters: { colour: 'red' } }, 'parameters.colour'],
    [{ template: 'announcement', parameters: { label: 'x' } }, 'parameters.label'],
    [{ template: 'promo-code-with-label-tag', parameters: { whenShown: 'not a name' } }, 'parameters'],
  ])('refuses a template as %o', async (input, field) => {
    const { status, body } = await add({ from: 'template', ...input });
    expect([status, body.key, body.errors[0].field]).toEqual([422, 'invalid_request', field]);
  });

  it('copies what is there, and the two go their own ways', async () => {
    const original = await addSms();
    const { body: copy } = await add({ from: 'copy', contentId: original.id, name: 'Copy' });
    expect(copy).toMatchObject({ name: 'Copy', version: 1, document: original.document });
    await change(copy.id, { version: 1, document: { ...SMS, text: 'Other' } });
    expect((await get(`/${original.id}`)).document).toEqual(original.document);
    expect((await add({ from: 'copy', contentId: randomUUID() })).status).toBe(404);
  });

  it('makes a version of every change, and keeps them all', async () => {
    const { id } = await addSms();
    await change(id, { version: 1, name: 'Renamed' });
    const { status, body } = await change(id, { version: 2, document: { ...SMS, text: 'Third' } });
    expect([status, body.version, body.name, body.document.text]).toEqual([200, 3, 'Renamed', 'Third']);
    const first = await get(`/${id}/versions?limit=2`);
    const { items } = await get(`/${id}/versions?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...items]).toMatchObject([
      { version: 3, name: 'Renamed', document: { text: 'Third' } },
      { version: 2, name: 'Renamed', document: SMS },
      { version: 1, name: 'Welcome', document: SMS },
    ]);
    const sent = await findContentVersion(app.db, app.brand.brandId, id, 1);
    expect(sent).toMatchObject({ version: 1, name: 'Welcome', document: SMS });
    expect(await findContentVersion(app.db, app.brand.brandId, id)).toMatchObject({ version: 3 });
    expect(await findContentVersion(app.db, app.brand.brandId, id, 4)).toBeUndefined();
  });

  it('takes one of several changes made on one version', async () => {
    const { id } = await addSms();
    const answers = await Promise.all(['A', 'B', 'C'].map((name) => change(id, { version: 1, name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body).toMatchObject({ key: 'revision_conflict', version: 2 });
  });

  it('keeps the channel of what is there', async () => {
    const { id } = await addSms();
    const document = { channel: 'telegram', locale: 'en', text: 'Hi' };
    const { status, body } = await change(id, { version: 1, document });
    expect([status, body.errors[0].field]).toEqual([422, 'document.channel']);
  });

  it('is left by what is archived, which stays for whatever sends it', async () => {
    const name = `Archived ${randomUUID()}`;
    const { body } = await add({ from: 'document', document: SMS, name });
    expect((await post(`${body.id}/archive`, {})).body.archived).toBe(true);
    expect((await post(`${body.id}/archive`, {})).body.archived).toBe(true);
    const found = async (archived: boolean) =>
      (await get(`?archived=${archived}&name=${encodeURIComponent(name)}`)).items.length;
    expect([await found(false), await found(true)]).toEqual([0, 1]);
    expect(await findContentVersion(app.db, app.brand.brandId, body.id)).toMatchObject({ document: SMS });
    expect((await post(`${body.id}/restore`, {})).body.archived).toBe(false);
    expect([await found(false), await found(true)]).toEqual([1, 0]);
    expect(await actionsOn(body.id)).toEqual(['content.created', 'content.archived', 'content.restored']);
  });

  it('is listed newest first, by channel and name, page by page', async () => {
    const name = `List 100% ${randomUUID()}`;
    const sms = await add({ from: 'document', document: SMS, name: `${name} a` });
    const popup = await add({ from: 'template', template: 'announcement', name: `${name} b` });
    const query = `?name=${encodeURIComponent(name.toUpperCase())}`;
    const first = await get(`${query}&limit=1`);
    const second = await get(`${query}&limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([popup.body.id, sms.body.id]);
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).not.toHaveProperty('document');
    expect((await get(`${query}&channel=sms`)).items.map(({ id }: { id: string }) => id)).toEqual([
      sms.body.id,
    ]);
  });

  it('is on record with who changed what', async () => {
    const { id } = await addSms();
    await change(id, { version: 1, document: { ...SMS, text: 'New' } });
    expect(await actionsOn(id)).toEqual(['content.created', 'content.updated']);
    const { rows } = await app.db.query(
      `select before -> 'document' ->> 'text' as before, after -> 'document' ->> 'text' as after
       from audit_log where target_id = $1 and action = 'content.updated'`,
      [id],
    );
    expect(rows).toEqual([{ before: SMS.text, after: 'New' }]);
  });
});

async function actionsOn(id: string): Promise<string[]> {
  const { rows } = await app.db.query<{ action: string }>(
    'select action from audit_log where target_id = $1 order by entry_id',
    [id],
  );
  return rows.map(({ action }) => action);
}

describe('what is raised when it is shown', () => {
  const CAUGHT = { label: 'promo_code', whenShown: 'OFFER_SHOWN' };
  const popup = (parameters: object) =>
    add({ from: 'template', template: 'promo-code-with-label-tag', parameters });
  async function fire(action: string): Promise<string | undefined> {
    const key = await app.playerToken('player-1');
    const body = { actions: [{ id: randomUUID(), action }] };
    return (await app.request('POST', '/v1/me/actions', { key, body })).body.results[0].key;
  }

  it('is the server’s to raise from the moment there is such content', async () => {
    expect(await fire('OFFER_SHOWN')).toBeUndefined();
    const { body } = await popup(CAUGHT);
    expect(await fire('OFFER_SHOWN')).toBe('reserved_action');
    await change(body.id, { version: 1, document: { ...body.document, whenShown: 'OTHER_SHOWN' } });
    expect(await fire('OTHER_SHOWN')).toBe('reserved_action');
    // Messages of the version before may still be shown.
    expect(await fire('OFFER_SHOWN')).toBe('reserved_action');
    await add({ from: 'document', document: { ...body.document, whenShown: null } });
    expect(await fire('GAME_OPENED')).toBeUndefined();
  });

  it('is known to journeys with its code, which no browser can make something else', async () => {
    await popup({ ...CAUGHT, whenShown: 'CODE_SEEN' });
    const { body } = await app.request('GET', '/v1/event-properties?source=client_action&limit=200');
    const listed = body.items.find(({ key }: { key: string }) => key === 'client_action:CODE_SEEN');
    expect(listed).toMatchObject({
      ...{ origin: 'content', reserved: true, firstSeenAt: null },
      fields: [{ name: 'code', type: 'string', origin: 'content' }],
    });
    const removed = await app.request('DELETE', '/v1/event-properties/client_action:CODE_SEEN');
    expect(removed.status).toBe(409);
  });
});

describe('whose it is', () => {
  it('another brand neither sees nor changes nor copies it', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const { id } = await addSms();
    const options = { key };
    expect((await app.request('GET', `/v1/content/${id}`, options)).status).toBe(404);
    expect((await app.request('GET', `/v1/content/${id}/versions`, options)).status).toBe(404);
    expect((await change(id, { version: 1, name: 'x' }, options)).status).toBe(404);
    expect((await post(`${id}/archive`, {}, options)).status).toBe(404);
    expect((await add({ from: 'copy', contentId: id }, options)).status).toBe(404);
    expect((await get('', options)).items).toEqual([]);
    expect(await findContentVersion(app.db, randomUUID(), id)).toBeUndefined();
  });

  it('reading takes the permission to read, changing the one to change', async () => {
    const { id } = await addSms();
    const reader = { key: await app.key(['journeys:read']) };
    expect((await app.request('GET', `/v1/content/${id}`, reader)).status).toBe(200);
    expect((await post('lint', { document: SMS }, reader)).status).toBe(200);
    expect((await change(id, { version: 1, name: 'x' }, reader)).status).toBe(403);
    expect((await add({ from: 'document', document: SMS }, reader)).status).toBe(403);
    const other = { key: await app.key(['campaigns:read']) };
    expect((await app.request('GET', '/v1/content', other)).status).toBe(403);
  });
});

describe('linting', () => {
  it('knows the facts of the brand, its own properties too, and the event if it is told', async () => {
    const name = `shoe_${randomUUID().slice(0, 8)}`;
    const document = { ...SMS, translations: {}, text: `{{ state.user_property_${name} }} {{ event.code }}` };
    const keys = async (event?: string[]) =>
      (await post('lint', { document, event })).body.findings.map(({ key }: { key: string }) => key);
    expect(await keys(['amount'])).toEqual(['unknown_variable', 'unknown_event_field']);
    const body = { name, type: 'string', label: 'Shoe size', example: '42' };
    await app.request('POST', '/v1/properties', { body });
    expect(await keys(['code'])).toEqual([]);
    const { body: variables } = await app.request('GET', '/v1/content-variables');
    expect(variables.state).toContainEqual(expect.objectContaining({ name: `user_property_${name}` }));
    expect(variables.filters).toContain('money');
  });

  it('knows the label tags of the brand, and stands in for them in a preview', async () => {
    const name = `tag_${randomUUID().slice(0, 8)}`;
    const document = { ...SMS, text: `{{ label.${name} }}`, translations: {} };
    const keys = async () =>
      (await post('lint', { document })).body.findings.map(({ key }: { key: string }) => key);
    expect(await keys()).toEqual(['unknown_label']);
    await app.request('POST', '/v1/labels', { body: { name, definition: { kind: 'text', default: 'x' } } });
    expect(await keys()).toEqual([]);
    expect((await post('preview', { document })).body.rendered.text).toBe(name.toUpperCase());
  });

  it('takes whatever it is given', async () => {
    for (const text of ['{{', '{% for %}', `{{ ${'a['.repeat(400)}`, '{% if a %}'.repeat(400), '\u0001'])
      expect((await post('lint', { document: { ...SMS, text } })).status).toBe(200);
  });
});

describe('a preview', () => {
  const popup = async () =>
    (await add({ from: 'template', template: 'promo-code-with-label-tag' })).body.document;

  it('is what the player would get: their values, their language, sample label tags', async () => {
    const player = `p-${randomUUID()}`;
    await app.request('PUT', `/v1/players/${player}`, {
      body: { language: 'de-AT', totalDeposits: 123456, currency: 'EUR' },
    });
    const text = '{{ state.user_ext_id }}: {{ state.user_total_deposits | money }} {{ event.code }}';
    const document = { ...SMS, translations: { de: { text } } };
    const { status, body } = await post('preview', { document, player, event: { code: 'X' } });
    expect(status).toBe(200);
    expect({ ...body, rendered: { ...body.rendered, text: body.rendered.text.replace(/\s/g, ' ') } }).toEqual(
      {
        rendered: { channel: 'sms', locale: 'de', direction: 'ltr', text: `${player}: € 1.234,56 X` },
        problems: [],
        sms: { encoding: 'ucs2', segments: 1 },
      },
    );
  });

  it('has times by the player’s own clock, else by the brand’s', async () => {
    const player = `p-${randomUUID()}`;
    const text = "{{ '2026-03-01T23:30:00Z' | datetime: 'short' }}";
    const shown = async () =>
      (await post('preview', { document: { ...SMS, locale: 'de', text }, player })).body.rendered.text;
    await app.request('PUT', `/v1/players/${player}`, { body: { language: 'de' } });
    expect(await shown()).toBe('02.03.26, 00:30');
    await app.request('PUT', `/v1/players/${player}`, { body: { timeZone: 'Asia/Tokyo' } });
    expect(await shown()).toBe('02.03.26, 08:30');
  });

  it('has the widget’s JSON for a popup, in the language asked for', async () => {
    const { body } = await post('preview', {
      document: await popup(),
      locale: 'ar',
      labels: { promo_code: 'AB12CD' },
    });
    expect(body.rendered).toMatchObject({
      ...{ channel: 'popup', locale: 'ar', direction: 'rtl' },
      whenShown: { action: 'CODE_IS_SHOWN', data: { code: 'AB12CD' } },
    });
  });

  it('says what is missing, and where', async () => {
    const { body } = await post('preview', { document: await popup() });
    expect(body).toEqual({
      rendered: null,
      sms: null,
      problems: [
        expect.objectContaining({ key: 'missing_value', name: 'label.promo_code', text: 'code.value' }),
      ],
    });
  });

  it('of every ready-made document comes out for nobody in particular', async () => {
    const { items } = (await app.request('GET', '/v1/content-templates')).body;
    for (const { id, document } of items) {
      const { body } = await post('preview', { document, labels: { promo_code: 'AB12CD' } });
      expect([id, body.problems]).toEqual([id, []]);
    }
  });

  it('shows a player only to who may see players', async () => {
    const player = `p-${randomUUID()}`;
    await app.request('PUT', `/v1/players/${player}`, { body: { language: 'de' } });
    const key = await app.key(['journeys:read']);
    expect((await post('preview', { document: SMS, player }, { key })).status).toBe(403);
    expect((await post('preview', { document: SMS }, { key })).status).toBe(200);
  });

  it('is of a player there is', async () => {
    expect((await post('preview', { document: SMS, player: `p-${randomUUID()}` })).status).toBe(404);
  });
});
