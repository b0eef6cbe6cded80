// Fixtures for tests of the other engines: a tab of the project's browser, and the parties of an embedding.

import { test as base } from '../support/fixtures';
import { type Engine, start, type Started } from './browsers';
import { Tab } from './tab';

export { expect } from '../support/fixtures';

interface ForTest {
  tab: Tab;
}

interface ForWorker {
  engine: Engine;
  browser_: Started;
}

export const test = base.extend<ForTest, ForWorker>({
  engine: ['firefox', { scope: 'worker', option: true }],
  browser_: [
    async ({ engine }, use) => {
      const started = await start(engine);
      console.log(`in ${started.session.browser}`);
      await use(started);
      await started.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  tab: async ({ browser_ }, use, testInfo) => {
    const tab = new Tab(browser_.session);
    await tab.resize(480, 900);
    await use(tab);
    if (testInfo.status === testInfo.expectedStatus) return;
    await testInfo.attach('notes', { body: JSON.stringify(await tab.notes(), null, 2), contentType: 'application/json' });
    await testInfo.attach('page', { body: await tab.screenshot(), contentType: 'image/png' });
  },
});

/** Returns a host page around some markup. The page records events and errors from its first line on; the `nonce` lets a policy allow that script. */
export function hostPage(body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><title>Your order</title><meta name="viewport" content="width=device-width">
    <script nonce="notes">
      window.notes = { events: [], errors: [] };
      addEventListener('error', (event) => notes.errors.push(String(event.message)));
      addEventListener('unhandledrejection', (event) => notes.errors.push(String(event.reason)));
      addEventListener('securitypolicyviolation', (event) => notes.errors.push(event.violatedDirective + ' ' + event.blockedURI));
      for (const type of ['doorstep-ready', 'doorstep-change', 'doorstep-error']) {
        addEventListener(type, (event) => notes.events.push({ type, detail: event.detail }));
      }
    </script>${head}</head><body><main><h1>Your order</h1>${body}</main></body></html>`;
}
