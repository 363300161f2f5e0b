import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A piece of content in the library. */
export interface ContentThings {
  contentId: string;
}

/** Makes it over HTTP. @param mark tells it from those of other worlds. */
export async function buildContent(app: TestApp, key: string, mark: string): Promise<ContentThings> {
  const body = { from: 'template', template: 'promo-code-with-label-tag', name: mark };
  const { id } = await done(app.request('POST', '/v1/content', { key, body }));
  return { contentId: id };
}
