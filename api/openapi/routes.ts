import type { Route } from '../web/route.ts';
import { page } from '../web/routes.ts';
import { docsView } from './docs-view.ts';
import { openApi } from './openapi.ts';

/** The API's description for machines, and as a page for people. */
export function openApiRoutes(routes: readonly Route[]): Route[] {
  const description = openApi(routes);
  const file = { file: 'openapi.json', type: 'application/json', content: JSON.stringify(description, null, 2) };
  return [
    page({ path: '/api/openapi.json', may: 'anyone', summary: 'The OpenAPI document', handle: async () => file }),
    page({ path: '/api/docs', may: 'anyone', summary: 'The API, readable', handle: async () => docsView(description) }),
  ];
}
