import fc from 'fast-check';
import type { Operation, Parameter } from '../operations.ts';
import type { WireRequest } from '../wire.ts';
import { csvTexts } from './csv.ts';
import { type InstanceOptions, instances, type Known } from './instances.ts';
import { mostly, mutantsOf, spoiltTexts } from './mutations.ts';
import { BAD_QUERY_VALUES, toJsonText } from './remarkable.ts';

/** Names and values of a query, in the order sent: a name may come twice. */
type Query = readonly (readonly [string, string])[];

const CONTENT_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/jsonp',
  'application/vnd.api+json',
  'text/csv',
  ';',
  '',
];
const HEADER_VALUES = [
  '',
  ' ',
  'é',
  '"1"',
  '"99999999999999999999"',
  '*',
  'W/"1"',
  'x'.repeat(3_000),
  'a b',
  '%00',
];
const BAD_SEGMENTS = [
  '..',
  '%00',
  '%',
  '%zz',
  '%ff',
  '%2e%2e%2f',
  'null',
  '-',
  '0',
  "'",
  'x'.repeat(300),
  '😀',
  ' ',
];

/** Requests to an operation: about a third of them as they should be, the others wrong in one way or several. */
export function requestsTo(operation: Operation, known: Known): fc.Arbitrary<WireRequest> {
  const options: InstanceOptions = { known };
  const among = (where: Parameter['in']) =>
    operation.parameters.filter((parameter) => parameter.in === where);
  return fc
    .record({
      segments: segments(among('path'), options),
      query: mostly(goodQuery(among('query'), options), badQuery(among('query')), 3),
      headers: headers(among('header'), options),
      body: bodies(operation, options),
    })
    .map(({ segments: values, query, headers: own, body }) => ({
      method: operation.method,
      path: operation.path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '') + queryText(query),
      headers: { ...own, ...body.headers },
      body: body.content,
    }));
}

function segments(parameters: Parameter[], options: InstanceOptions): fc.Arbitrary<Record<string, string>> {
  return fc.record(
    Object.fromEntries(
      parameters.map(({ name, schema }) => [
        name,
        mostly(
          instances(schema, name, options).map((value) => encodeURIComponent(wellFormed(value))),
          fc
            .constantFrom(...BAD_SEGMENTS)
            .map((text) => (text.includes('%') ? text : encodeURIComponent(text))),
          9,
        ),
      ]),
    ),
  );
}

const wellFormed = (value: unknown): string => String(value).toWellFormed();

function goodQuery(parameters: Parameter[], options: InstanceOptions): fc.Arbitrary<Query> {
  const pairs = parameters.map(({ name, required, schema }) => {
    const good = instances(schema, name, options);
    return (required ? good : fc.option(good, { freq: 1 })).map((value): Query => {
      if (value === null) return [];
      return (Array.isArray(value) ? value : [value]).map((one) => [name, wellFormed(one)] as const);
    });
  });
  return fc.tuple(...pairs).map((parts) => parts.flat());
}

function badQuery(parameters: Parameter[]): fc.Arbitrary<Query> {
  const names = [
    ...parameters.map(({ name }) => name),
    'limit',
    'cursor',
    'brandId',
    'a[b]',
    '__proto__',
    '',
  ];
  const pair = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...BAD_QUERY_VALUES));
  return fc.array(pair, { minLength: 1, maxLength: 3 }).chain((pairs) =>
    // The same name once more makes a list of it.
    fc.boolean().map((twice): Query => (twice ? [...pairs, pairs[0]!] : pairs)),
  );
}

const queryText = (query: Query): string => {
  const text = query.map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`,
  );
  return text.length > 0 ? `?${text.join('&')}` : '';
};

function headers(parameters: Parameter[], options: InstanceOptions): fc.Arbitrary<Record<string, string>> {
  const given = parameters.map(({ name, schema }) =>
    fc
      .option(mostly(instances(schema, name, options).map(String), fc.constantFrom(...HEADER_VALUES), 3), {
        freq: 1,
      })
      .map((value) => (value === null ? {} : { [name]: value })),
  );
  return fc.tuple(...given).map((parts) => Object.assign({}, ...parts));
}

interface Body {
  headers: Record<string, string>;
  content: string | Buffer | undefined;
}

function bodies({ body }: Operation, options: InstanceOptions): fc.Arbitrary<Body> {
  if (!body) return fc.constant({ headers: {}, content: undefined });
  const { contentType, schema } = body;
  if (contentType === 'text/csv')
    return csvTexts().map((content) => ({ headers: { 'content-type': contentType }, content }));
  const values = instances(schema, '', options);
  const typed = (type: string) => (content: string | Buffer | undefined) => ({
    headers: { 'content-type': type },
    content,
  });
  const plain = instances(schema, '', { ...options, plain: true });
  const texts = values.map(toJsonText);
  return fc.oneof(
    { weight: 5, arbitrary: plain.map(toJsonText).map(typed(contentType)) },
    { weight: 10, arbitrary: texts.map(typed(contentType)) },
    { weight: 10, arbitrary: mutantsOf(values).map(toJsonText).map(typed(contentType)) },
    { weight: 4, arbitrary: spoiltTexts(values).map(typed(contentType)) },
    {
      weight: 1,
      arbitrary: fc.tuple(texts, fc.constantFrom(...CONTENT_TYPES)).map(([text, type]) => typed(type)(text)),
    },
    { weight: 1, arbitrary: fc.constant({ headers: {}, content: undefined }) },
  );
}
