import type { ContentDocument, ContentTemplate } from '@promosmith/contract';
import { ContentDocument as Document } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { READY_MADE, type ReadyMade, withDefaults } from '@promosmith/core/content';

/** The ready-made documents, as the API lists them. */
export const templateViews = (): ContentTemplate[] =>
  READY_MADE.map((template) => {
    const document = Document.parse(template.document(withDefaults(template, {})));
    const { id, name, description, parameters } = template;
    return { id, name, description, channel: document.channel, parameters: [...parameters], document };
  });

/** The document of a template with its parameters filled in. Refused: no such template, or one it has no such parameter. */
export function fillIn(id: string, parameters: Readonly<Record<string, string>>): Result<ContentDocument> {
  const template = READY_MADE.find((one) => one.id === id);
  if (!template) return invalid('template', `there is no template "${id}"`, 'see GET /v1/content-templates');
  const unknown = Object.keys(parameters).find(
    (name) => !template.parameters.some((one) => one.name === name),
  );
  if (unknown !== undefined) return invalid(`parameters.${unknown}`, 'is no parameter', namesOf(template));
  const document = Document.safeParse(template.document(withDefaults(template, parameters)));
  if (document.success) return ok(document.data);
  const [issue] = document.error.issues;
  return invalid('parameters', `${issue?.path.join('.')}: ${issue?.message}`);
}

const namesOf = ({ parameters }: ReadyMade): string =>
  parameters.length === 0 ? 'leave them out' : parameters.map(({ name }) => name).join(' or ');

const invalid = (field: string, reason: string, fix?: string) =>
  refuse('invalid_request', `${field}: ${reason}`, [{ field, reason, ...(fix ? { fix } : {}) }]);
