import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A piece of content in the library. */
export interface ContentThings {
  contentId: string;
}

/** Makes it over HTTP. @param mark tells it from those of other worlds; @param label the label tag it shows. */
export async function buildContent(
  app: TestApp,
  key: string,
  { mark, label }: { mark: string; label: string },
): Promise<ContentThings> {
  const template = { from: 'template', template: 'promo-code-with-label-tag' } as const;
  const body = { ...template, name: mark, parameters: { label } };
  const { id } = await done(app.request('POST', '/v1/content', { key, body }));
  return { contentId: id };
}
