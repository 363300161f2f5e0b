import type { ContentDocument } from '../document/documents.ts';

/** Something to fill in when a document is made from a template. */
export interface Parameter {
  readonly name: string;
  /** `label`: the name of a label tag. `client_action`: of a client action. `url`: a link. */
  readonly kind: 'label' | 'client_action' | 'url';
  readonly title: string;
  readonly default: string;
}

export type ParameterValues = Readonly<Record<string, string>>;

/** A document to begin with. */
export interface ReadyMade {
  /** Stable: `promo-code-with-label-tag`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** @param values of every parameter. */
  document(values: ParameterValues): ContentDocument;
}

/** Values for every parameter: those given, and the defaults of the others. */
export const withDefaults = ({ parameters }: ReadyMade, given: ParameterValues): ParameterValues =>
  Object.fromEntries(parameters.map(({ name, default: value }) => [name, given[name] ?? value]));

export const labelParameter: Parameter = {
  name: 'label',
  kind: 'label',
  title: 'Label tag with the code',
  default: 'promo_code',
};

export const urlParameter = (title: string, value: string): Parameter => ({
  name: 'url',
  kind: 'url',
  title,
  default: value,
});

/** How a template uses the label tag whose name was filled in. */
export const labelOf = ({ label }: ParameterValues): string => `{{ label.${label} }}`;

export const urlOf = ({ url = '' }: ParameterValues): string => url;
