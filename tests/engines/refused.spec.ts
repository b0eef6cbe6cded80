// If WebAssembly is refused, the page is not affected: the fallback is shown, and the page receives an event with the reason.

import { expect, hostPage, test } from './fixtures';
import type { Tab } from './tab';

const told = async (tab: Tab) => (await tab.notes()).events;

/** Returns true if the element's own content is visible and none of the widget's controls is. */
const fallback = (tab: Tab) =>
  tab.run(() => {
    const tracker = document.querySelector('doorstep-tracker');
    const controls = [...(tracker?.shadowRoot?.querySelectorAll('button, input') ?? [])];
    return Boolean(tracker?.querySelector('a')?.checkVisibility()) && !controls.some((control) => control.checkVisibility());
  });

const element = (api: string, network: string) =>
  `<doorstep-tracker api="${api}" order="ord_1"><a href="/orders">Your orders</a></doorstep-tracker><script src="${network}/embed/v1/doorstep.js"></script>`;

test('a policy without WebAssembly leaves the fallback and tells the page', async ({ tab, shop, network, api }) => {
  const policy = `script-src ${network.origin} 'nonce-notes'; connect-src *`;
  await tab.goto(shop.add({ html: hostPage(element(api.origin, network.origin)), headers: { 'Content-Security-Policy': policy } }));
  await expect.poll(() => told(tab)).toEqual([{ type: 'doorstep-error', detail: { code: 'wasm-blocked', retryable: false } }]);
  expect(await fallback(tab)).toBe(true);
  expect(network.requested.filter((path) => path.endsWith('.wasm')), 'nothing is downloaded in vain').toEqual([]);
});

test('a browser without WebAssembly shows the fallback and tells the page', async ({ tab, shop, network, api }) => {
  const without = '<script>delete window.WebAssembly</script>';
  await tab.goto(shop.add({ html: hostPage(element(api.origin, network.origin), without) }));
  await expect.poll(() => told(tab)).toEqual([{ type: 'doorstep-error', detail: { code: 'wasm-unsupported', retryable: false } }]);
  expect(await fallback(tab)).toBe(true);
});

test('the strictest policy that allows the widget sees no violation', async ({ tab, shop, network, api }) => {
  const policy = [
    "default-src 'none'",
    `script-src ${network.origin} 'wasm-unsafe-eval' 'nonce-notes'`,
    `connect-src ${network.origin} ${api.origin}`,
    "style-src 'none'",
    // The browser itself requests the icon of the page. No other image is allowed.
    `img-src ${shop.origin}/favicon.ico`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const tag = `<script src="${network.origin}/embed/v1/doorstep.js" data-api="${api.origin}" data-order="ord_1" data-token="t"></script>`;
  await tab.goto(shop.add({ html: hostPage(tag), headers: { 'Content-Security-Policy': policy } }));
  await expect.poll(() => tab.text('[data-focus=headline]')).toMatch(/./);
  expect((await tab.notes()).errors).toEqual([]);
});
