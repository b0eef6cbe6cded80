// Pages that change without a new page load: bodies that are cloned, kept and restored (as Turbo does), markup that is written again, scripts that
// run again, the browser's own back/forward cache. There is always one widget with its order, and no other is left over.

import type { Page } from '@playwright/test';
import { expect, shown, test } from './support/fixtures';
import type { Api, Network } from './support/servers';

const tag = (network: Network, api: Api, more = '') =>
  `<script async src="${network.origin}/embed/v1/doorstep.js" data-api="${api.origin}" data-order="ord_1" ${more}></script>`;

/** Expects one widget in the page, which requests its order with its token. */
async function one(page: Page, api: Api, asked: number): Promise<void> {
  await expect.poll(() => api.asked.length).toBeGreaterThan(asked);
  await shown(page);
  await expect(page.locator('doorstep-tracker')).toHaveCount(1);
  expect(new Set(api.asked.map(({ path, authorization }) => `${path} ${authorization}`))).toEqual(new Set(['/v1/orders/ord_1 Bearer secret']));
}

/** Leaves the page for another one and returns to a copy of its body, as Turbo does. With `again`, the scripts of the copy run again. */
function leaveAndRestore(page: Page, again: boolean): Promise<void> {
  return page.evaluate(async (run) => {
    const task = () => new Promise((done) => setTimeout(done));
    const snapshot = document.body.cloneNode(true) as HTMLBodyElement;
    const other = document.createElement('body');
    other.append('Another page');
    document.body.replaceWith(other);
    for (let times = 0; times < 3; times++) await task();
    document.body.replaceWith(snapshot);
    if (!run) return;
    for (const script of document.body.querySelectorAll('script')) {
      const fresh = document.createElement('script');
      for (const { name, value } of script.attributes) fresh.setAttribute(name, value);
      script.replaceWith(fresh);
    }
  }, again);
}

test('a body that is cloned and restored, with its scripts run again, has one widget with its order', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: `<!doctype html><body><main>${tag(network, api, 'data-token="secret"')}</main></body>` }));
  await one(page, api, 0);
  for (let times = 0; times < 3; times++) {
    const asked = api.asked.length;
    await leaveAndRestore(page, true);
    await one(page, api, asked);
  }
});

test('a script tag that runs after its body was replaced leaves the widget of the page where it is', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: `<!doctype html><body><main>${tag(network, api, 'data-token="secret"')}</main></body>` }));
  await one(page, api, 0);
  const asked = api.asked.length;
  await page.evaluate(() => {
    const snapshot = document.body.cloneNode(true);
    const script = document.querySelector('script');
    const late = document.createElement('script');
    for (const { name, value } of script?.attributes ?? []) late.setAttribute(name, value);
    const ran = new Promise((done) => late.addEventListener('load', done));
    script?.replaceWith(late);
    document.body.replaceWith(snapshot);
    return ran;
  });
  await one(page, api, asked);
});

test('a body that is cloned and restored without its scripts has the widget with the token that the page has set', async ({ page, shop, network, api }) => {
  const html = `<!doctype html><body><doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker>
    <script>document.querySelector('doorstep-tracker').token = 'secret'</script><script src="${network.origin}/embed/v1/doorstep.js"></script></body>`;
  await page.goto(shop.add({ html }));
  await one(page, api, 0);
  const asked = api.asked.length;
  await leaveAndRestore(page, false);
  await one(page, api, asked);
});

test('markup that is read and written anew has one widget with its order', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: `<!doctype html><body><main>${tag(network, api, 'data-token="secret"')}</main></body>` }));
  await one(page, api, 0);
  const asked = api.asked.length;
  await page.evaluate(() => {
    const main = document.querySelector('main');
    if (main) main.innerHTML += '<p>An advertisement</p>';
  });
  await one(page, api, asked);
});

test('the same tag that is added again moves the widget behind itself', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: `<!doctype html><body><main>${tag(network, api, 'data-token="secret"')}</main><aside></aside></body>` }));
  await one(page, api, 0);
  await page.evaluate(() => {
    const first = document.querySelector('script[data-order]');
    const again = document.createElement('script');
    for (const { name, value } of first?.attributes ?? []) again.setAttribute(name, value);
    document.querySelector('aside')?.append(again);
  });
  await expect(page.locator('aside > script + doorstep-tracker')).toHaveCount(1);
  await one(page, api, 0);
  expect(api.asked, 'it was moved, not made anew').toHaveLength(1);
});

test('a token that the page takes away is not given to a copy', async ({ page, shop, network, api }) => {
  const html = `<!doctype html><body><doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script></body>`;
  await page.goto(shop.add({ html }));
  const tracker = page.locator('doorstep-tracker');
  await tracker.evaluate((element) => Object.assign(element, { token: 'secret' }));
  await expect.poll(() => api.asked.at(-1)?.authorization).toBe('Bearer secret');
  await tracker.evaluate((element) => Object.assign(element, { token: null }));
  await expect.poll(() => api.asked.at(-1)?.authorization).toBeUndefined();
  const asked = api.asked.length;
  await page.evaluate(() => {
    const element = document.querySelector('doorstep-tracker');
    element?.replaceWith(element.cloneNode());
  });
  await expect.poll(() => api.asked.length).toBeGreaterThan(asked);
  await shown(page);
  expect(api.asked.at(-1)?.authorization).toBeUndefined();
});

test('a copy that asks another backend does not get the token', async ({ page, shop, network, api, standIn }) => {
  const html = `<!doctype html><body><doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker>
    <script>document.querySelector('doorstep-tracker').token = 'secret'</script><script src="${network.origin}/embed/v1/doorstep.js"></script></body>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  await page.evaluate((other) => {
    const copy = document.querySelector('doorstep-tracker')?.cloneNode() as HTMLElement;
    copy.setAttribute('api', other);
    document.body.append(copy);
  }, standIn.origin);
  await expect.poll(() => standIn.asked.length).toBeGreaterThan(0);
  expect(standIn.asked[0]?.headers['authorization']).toBeUndefined();
});

/** A page with an element that has its token as an attribute. */
const withAttribute = (network: Network, api: Api, more = '') => `<!doctype html><body><main><doorstep-tracker token="secret" api="${api.origin}" order="ord_1" ${more}>
  </doorstep-tracker></main><script src="${network.origin}/embed/v1/doorstep.js"></script></body>`;

test('a token attribute is taken into memory and leaves the markup, each time that it is set', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: withAttribute(network, api) }));
  await one(page, api, 0);
  const tracker = page.locator('doorstep-tracker');
  const read = () => tracker.evaluate((element) => [(element as HTMLElement & { token: string | null }).token, element.outerHTML.includes('token'), element.hasAttribute('token')]);
  expect(await read()).toEqual(['secret', false, false]);
  await tracker.evaluate((element) => element.setAttribute('token', 'other'));
  await expect.poll(() => api.asked.at(-1)?.authorization).toBe('Bearer other');
  expect(await read()).toEqual(['other', false, false]);
  await tracker.evaluate((element) => element.removeAttribute('token'));
  expect(await read()).toEqual(['other', false, false]);
  await tracker.evaluate((element) => element.setAttribute('token', ''));
  await expect.poll(() => api.asked.at(-1)?.authorization).toBeUndefined();
  expect(await read()).toEqual([null, false, false]);
});

test('an element that a script creates gives its token attribute away as well', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: `<!doctype html><body><script src="${network.origin}/embed/v1/doorstep.js"></script></body>` }));
  await page.evaluate((base) => {
    const element = document.createElement('doorstep-tracker');
    for (const [name, value] of Object.entries({ token: 'secret', api: base, order: 'ord_1' })) element.setAttribute(name, value);
    document.body.append(element);
  }, api.origin);
  await one(page, api, 0);
  expect(await page.evaluate(() => document.body.outerHTML)).not.toContain('secret');
});

test('a copy of an element whose token was an attribute shows its order', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: withAttribute(network, api) }));
  await one(page, api, 0);
  let asked = api.asked.length;
  await leaveAndRestore(page, true);
  await one(page, api, asked);
  asked = api.asked.length;
  await page.evaluate(() => {
    const main = document.querySelector('main');
    if (main) main.innerHTML += '<p>An advertisement</p>';
  });
  await one(page, api, asked);
});

test('a copy of a lazy element that has not started gets its token', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: withAttribute(network, api, 'loading="lazy"').replace('<main>', '<main><div style="height: 5000px"></div>') }));
  await page.waitForFunction(() => document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector('.skeleton'));
  expect(await page.locator('doorstep-tracker').getAttribute('token')).toBeNull();
  await leaveAndRestore(page, true);
  expect(api.asked).toEqual([]);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await one(page, api, 0);
});

test('as a module the script finds its tag and inserts the widget', async ({ page, shop, network, api }) => {
  const html = `<!doctype html><body>${tag(network, api, 'type="module" crossorigin data-token="secret"')}</body>`;
  await page.goto(shop.add({ html }));
  await one(page, api, 0);
  await expect(page.locator('script + doorstep-tracker')).toHaveCount(1);
});

test('a script that was put into another one says in one line what to do', async ({ page, shop, network, api }) => {
  const script = await (await fetch(`${network.origin}/embed/v1/doorstep.js`)).text();
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  const html = `<!doctype html><link rel="icon" href="data:,"><body><script>${script.replaceAll('</script', '<\\/script')}</script>
    <doorstep-tracker api="${api.origin}" order="ord_1"><p>Call us</p></doorstep-tracker></body>`;
  await page.goto(shop.add({ html }));
  await expect(page.getByText('Call us')).toBeVisible();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('Load it by its name');
});
