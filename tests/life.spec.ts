// Insertion, moves, removal and panics: everything that an element started ends with it, and a panic ends the widget, not the page.

import type { Page } from '@playwright/test';
import { eventOf, expect, shown, test } from './support/fixtures';

const host = (origin: string, api: string) => `<!doctype html><main></main><aside></aside>
  <doorstep-tracker api="${api}" order="ord_1" lang="en"></doorstep-tracker><script src="${origin}/embed/v1/doorstep.js"></script>`;

test('an element that is moved keeps its widget', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: host(network.origin, api.origin) }));
  await shown(page);
  const same = await page.evaluate(async () => {
    const element = document.querySelector('doorstep-tracker');
    const root = element?.shadowRoot?.querySelector('.root');
    if (!element || !root) return 'nothing to move';
    document.querySelector('main')?.append(element);
    element.remove();
    document.querySelector('aside')?.append(element);
    // Waits until two tasks after the deferred removal.
    for (let task = 0; task < 3; task++) await new Promise((done) => setTimeout(done));
    return element.shadowRoot?.querySelector('.root') === root && root.childNodes.length > 0;
  });
  expect(same).toBe(true);
  expect(api.asked.filter((asked) => asked.path === '/v1/orders/ord_1')).toHaveLength(1);
});

test('an element that is gone and comes back starts anew', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: host(network.origin, api.origin) }));
  await shown(page);
  const empty = await page.evaluate(async () => {
    const element = document.querySelector('doorstep-tracker');
    element?.remove();
    for (let task = 0; task < 3; task++) await new Promise((done) => setTimeout(done));
    const nothing = element?.shadowRoot?.childNodes.length === 0;
    if (element) document.body.append(element);
    return nothing;
  });
  expect(empty).toBe(true);
  await shown(page);
});

test('two hundred widgets come and go without a trace', async ({ page, shop, network, api }) => {
  test.setTimeout(360_000);
  await page.goto(shop.add({ html: host(network.origin, api.origin) }));
  await shown(page);
  await comeAndGo(page, 30);
  const before = await measure(page);
  await comeAndGo(page, 200);
  const after = await measure(page);
  expect(after.memory, 'the WebAssembly memory does not grow').toBe(before.memory);
  expect(after.nodes - before.nodes, 'DOM nodes').toBeLessThan(100);
  expect(after.listeners - before.listeners, 'listeners').toBeLessThan(20);
  expect(after.heap - before.heap, 'bytes of JavaScript').toBeLessThan(1_000_000);
});

async function comeAndGo(page: Page, times: number): Promise<void> {
  await page.evaluate(async (count) => {
    const first = document.querySelector('doorstep-tracker');
    for (let n = 0; n < count; n++) {
      const element = first?.cloneNode() as HTMLElement;
      document.body.append(element);
      while (!element.shadowRoot?.querySelector('.root:not([hidden])')) await new Promise((done) => setTimeout(done));
      element.remove();
      await new Promise((done) => setTimeout(done));
    }
  }, times);
}

async function measure(page: Page): Promise<{ memory: number; nodes: number; listeners: number; heap: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  // The collection runs twice, because finalisers run in between.
  for (let round = 0; round < 2; round++) {
    await session.send('HeapProfiler.collectGarbage');
    await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
  }
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((entry) => entry.name === name)?.value ?? 0;
  const memory = await page.evaluate(() => window.notes.memories[0]?.buffer.byteLength ?? 0);
  await session.detach();
  return { memory, nodes: metric('Nodes'), listeners: metric('JSEventListeners'), heap: metric('JSHeapUsedSize') };
}

/** Makes the instance trap at its next call, as a fault in the widget would. */
async function breakTheInstance(page: Page): Promise<void> {
  await page.evaluate(() => {
    const memory = window.notes.memories.at(-1);
    if (memory) new Uint8Array(memory.buffer).fill(0xff);
  });
}

test('a panic in a callback of the browser ends the widget', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: `${host(network.origin, api.origin)}<h1>The shop</h1>` }));
  await shown(page);
  await breakTheInstance(page);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'panic', retryable: true });
  await expect(page.getByRole('heading', { name: 'The shop' })).toBeVisible();
  await page.getByRole('button').click();
  await shown(page);
});

test('a panic leaves the page alone, and the shopper can try again once', async ({ page, shop, network, api }) => {
  // An instance that replaces a broken one is created without streaming. Its memory is recorded too.
  await page.addInitScript(() => {
    const Instance = WebAssembly.Instance;
    WebAssembly.Instance = new Proxy(Instance, {
      construct(target, from: [WebAssembly.Module, WebAssembly.Imports?]) {
        const instance = new target(...from);
        const memory = instance.exports['memory'];
        if (memory instanceof WebAssembly.Memory) window.notes.memories.push(memory);
        return instance;
      },
    });
  });
  await page.goto(shop.add({ html: `${host(network.origin, api.origin)}<h1>The shop</h1>` }));
  await shown(page);
  const element = page.locator('doorstep-tracker');

  await breakTheInstance(page);
  await element.evaluate((tracker) => tracker.setAttribute('order', 'ord_2'));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'panic', retryable: true });
  await expect(page.getByRole('heading', { name: 'The shop' })).toBeVisible();
  await page.getByRole('button').click();
  await shown(page);

  await page.evaluate(() => (window.notes.events.length = 0));
  await breakTheInstance(page);
  await element.evaluate((tracker) => tracker.setAttribute('order', 'ord_3'));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'panic', retryable: false });
  await expect(page.getByRole('button')).toHaveCount(0);
});
