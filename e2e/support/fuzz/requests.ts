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
  const among = parametersOf(operation);
  return written(operation, {
    segments: segments(among('path'), options),
    query: mostly(goodQuery(among('query'), options), badQuery(among('query')), 3),
    headers: headers(among('header'), options),
    body: bodies(operation, options),
  });
}

/** Requests with what an operation needs and no more: as likely as can be to be accepted. */
export function plainRequestsTo(operation: Operation, known: Known): fc.Arbitrary<WireRequest> {
  const options: InstanceOptions = { known, plain: true };
  const among = parametersOf(operation);
  return written(operation, {
    segments: goodSegments(among('path'), options),
    query: goodQuery(
      among('query').filter(({ required }) => required),
      options,
    ),
    headers: fc.constant({}),
    body: plainBodies(operation, options),
  });
}

const parametersOf =
  ({ parameters }: Operation) =>
  (where: Parameter['in']): Parameter[] =>
    parameters.filter((parameter) => parameter.in === where);

interface Parts {
  segments: Record<string, string>;
  query: Query;
  headers: Record<string, string>;
  body: Body;
}

const written = (
  { method, path }: Operation,
  parts: { [Part in keyof Parts]: fc.Arbitrary<Parts[Part]> },
): fc.Arbitrary<WireRequest> =>
  fc.record<Parts>(parts).map(({ segments: values, query, headers: own, body }) => ({
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '') + queryText(query),
    headers: { ...own, ...body.headers },
    body: body.content,
  }));

const goodSegment = ({ name, schema }: Parameter, options: InstanceOptions): fc.Arbitrary<string> =>
  instances(schema, name, options).map((value) => encodeURIComponent(wellFormed(value)));

const BAD_SEGMENT = fc
  .constantFrom(...BAD_SEGMENTS)
  .map((text) => (text.includes('%') ? text : encodeURIComponent(text)));

const goodSegments = (parameters: Parameter[], options: InstanceOptions): fc.Arbitrary<Parts['segments']> =>
  fc.record(byName(parameters, (parameter) => goodSegment(parameter, options)));

const segments = (parameters: Parameter[], options: InstanceOptions): fc.Arbitrary<Parts['segments']> =>
  fc.record(byName(parameters, (parameter) => mostly(goodSegment(parameter, options), BAD_SEGMENT, 9)));

const byName = <T>(parameters: Parameter[], of: (parameter: Parameter) => T): Record<string, T> =>
  Object.fromEntries(parameters.map((parameter) => [parameter.name, of(parameter)]));

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

const typed = (type: string) => (content: string | Buffer | undefined) => ({
  headers: { 'content-type': type },
  content,
});

const NO_BODY = fc.constant<Body>({ headers: {}, content: undefined });

function plainBodies({ body }: Operation, options: InstanceOptions): fc.Arbitrary<Body> {
  if (!body) return NO_BODY;
  const { contentType, schema } = body;
  const texts =
    contentType === 'text/csv'
      ? csvTexts()
      : instances(schema, '', { ...options, plain: true }).map(toJsonText);
  return texts.map(typed(contentType));
}

function bodies(operation: Operation, options: InstanceOptions): fc.Arbitrary<Body> {
  const { body } = operation;
  if (!body) return NO_BODY;
  const { contentType, schema } = body;
  if (contentType === 'text/csv') return csvTexts().map(typed(contentType));
  const values = instances(schema, '', options);
  const texts = values.map(toJsonText);
  return fc.oneof(
    { weight: 5, arbitrary: plainBodies(operation, options) },
    { weight: 10, arbitrary: texts.map(typed(contentType)) },
    { weight: 10, arbitrary: mutantsOf(values).map(toJsonText).map(typed(contentType)) },
    { weight: 4, arbitrary: spoiltTexts(values).map(typed(contentType)) },
    {
      weight: 1,
      arbitrary: fc.tuple(texts, fc.constantFrom(...CONTENT_TYPES)).map(([text, type]) => typed(type)(text)),
    },
    { weight: 1, arbitrary: NO_BODY },
  );
}
