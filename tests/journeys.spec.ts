// The core journeys against the real backend: a parcel that arrives while its page is open, and an order that is looked up.

import type { Page } from '@playwright/test';
import type { Backend } from './support/backend';
import { trackerUpdated } from './support/easypost';
import { expect, shown, test } from './support/fixtures';
import { createOrder, deliver, demoOrder, headline, open, openStreams, scans, scriptTag, spoken } from './support/orders';
import type { Shop } from './support/servers';

/** Maximum time from the webhook to the page; the guaranteed time is two seconds. */
const AT_ONCE = { timeout: 2_000 };

test('one script tag shows the order of a backend on another origin', async ({ page, shop, backend }) => {
  const order = await demoOrder(backend, 'late');
  const tracker = await open(page, shop, backend, order);
  expect(new URL(page.url()).origin).not.toBe(backend.origin);
  await expect(tracker.getByRole('heading', { level: 2 })).toContainText('late');
  await expect(tracker.getByText(`Order ${order.number}`)).toBeVisible();
  expect(await page.evaluate(() => window.notes.events.map((event) => event.type))).toEqual(['doorstep-ready']);
});

test('a step that only the carrier offers has the carrier’s page as its button', async ({ page, shop, backend }) => {
  for (const [name, address] of [['customs_duty', 'https://www.dhl.de'], ['customs_documents', 'https://www.ups.com']] as const) {
    const tracker = await open(page, shop, backend, await demoOrder(backend, name));
    const link = tracker.getByRole('link', { name: 'Go to the carrier (opens in a new tab)' });
    await expect(link).toHaveAttribute('href', address);
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  }
  const tracker = await open(page, shop, backend, await demoOrder(backend, 'address'));
  await expect(tracker.getByRole('button', { name: 'Correct the address' })).toBeVisible();
  await expect(tracker.getByRole('link', { name: 'Go to the carrier' }), 'the page offers the step itself').toHaveCount(0);
});

test('a webhook turns the open page to delivered, with every scan', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  await expect(spoken(tracker), 'nothing is said at load').toHaveText('');
  await expect.poll(() => openStreams(backend)).toBeGreaterThan(0);
  await page.evaluate(() => Object.assign(window, { loadedOnce: true }));

  expect(await deliver(backend, trackerUpdated(order.trackingNumber))).toBe(200);
  await expect(headline(tracker)).toHaveText(/^(Delivered|Left in a safe place)/, AT_ONCE);
  await tracker.getByRole('button', { name: /^Show \d+ earlier$/ }).click();
  await expect(scans(tracker)).toHaveText([
    /Delivered, front door/i,
    /Out for delivery/i,
    /Arrived at facility/i,
    /Departed facility/i,
    /Accepted at origin/i,
    /Shipping label created/i,
  ]);
  await expect(tracker.getByRole('button', { name: /earlier/ })).toHaveCount(0);
  await expect(spoken(tracker)).toHaveText(/^Update: /);
  expect(await page.evaluate(() => 'loadedOnce' in window), 'without a reload').toBe(true);
});

test('a webhook that comes twice changes the page once', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  await noteWhatIsSpoken(page);
  await deliver(backend, trackerUpdated(order.trackingNumber));
  await deliver(backend, trackerUpdated(order.trackingNumber));
  await expect(headline(tracker)).toHaveText(/^(Delivered|Left)/, AT_ONCE);
  await askAgain(page, backend, order.id);
  await tracker.getByRole('button', { name: /earlier/ }).click();
  await expect(scans(tracker)).toHaveCount(6);
  expect(await page.evaluate(() => window.notes.events.filter((event) => event.type === 'doorstep-change'))).toHaveLength(1);
  expect(await whatWasSpoken(page), 'one change, one sentence').toHaveLength(1);
});

test('each change is spoken once', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  await noteWhatIsSpoken(page);
  await deliver(backend, trackerUpdated(order.trackingNumber, 4));
  await expect(headline(tracker)).toHaveText(/on its way|arrive|arriving|late|expected/i, AT_ONCE);
  await expect.poll(() => whatWasSpoken(page)).toHaveLength(1);
  await deliver(backend, trackerUpdated(order.trackingNumber, 5));
  // The parcel went out for delivery in March, and no tracking event followed.
  await expect(headline(tracker)).toHaveText(/^No news from the carrier since Wednesday 4 March/, AT_ONCE);
  await expect.poll(() => whatWasSpoken(page)).toHaveLength(2);
});

test('a webhook with a wrong signature is refused and changes nothing', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  const before = await headline(tracker).textContent();
  expect(await deliver(backend, trackerUpdated(order.trackingNumber), 'another secret')).toBe(401);
  await askAgain(page, backend, order.id);
  await expect(headline(tracker)).toHaveText(before ?? '');
  await expect(scans(tracker)).toHaveCount(0);
  expect(await page.evaluate(() => window.notes.events.map((event) => event.type))).toEqual(['doorstep-ready']);
});

test('the look-up leads from empty fields over a wrong proof to the order', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const tracker = await openLookup(page, shop, backend);
  const [number, proof] = [tracker.getByLabel('Order number'), tracker.getByLabel('E-mail or postcode')];
  const find = tracker.getByRole('button', { name: 'Find order' });

  await find.click();
  await expect(number).toBeFocused();
  await expect(number).toHaveAccessibleDescription('Enter the order number');
  await expect(proof).toHaveAccessibleDescription(/Enter the e-mail address or the postcode/);

  await number.fill(order.number);
  await find.click();
  await expect(proof).toBeFocused();
  await expect(number).toHaveAttribute('aria-invalid', 'false');

  await proof.fill('nobody@mail.example');
  await find.click();
  await expect(tracker.getByRole('alert')).toHaveText('No order matches these two. Check both and try again.');
  await expect(number).toHaveValue(order.number);
  await expect(proof).toHaveValue('nobody@mail.example');
  await expect(number).toBeFocused();

  await proof.fill(order.postcode.toLowerCase().replace(' ', ''));
  await proof.press('Enter');
  await expect(headline(tracker)).toBeFocused();
  await expect(tracker.getByText(`Order ${order.number}`)).toBeVisible();
});

test('a dead link offers the look-up, and the look-up opens the order', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  await page.goto(shop.add({ html: scriptTag(backend, { order: order.id, token: 'ended', lang: 'en' }) }));
  await shown(page);
  const tracker = page.locator('doorstep-tracker');
  await expect(tracker.getByRole('heading')).toHaveText('This link does not open an order');
  await tracker.getByLabel('Order number').fill(order.number);
  await tracker.getByLabel('E-mail or postcode').fill(order.email);
  await tracker.getByRole('button', { name: 'Find order' }).click();
  await expect(headline(tracker)).toBeFocused();
});

test('an order that was looked up is followed live and survives a change of theme', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const tracker = await openLookup(page, shop, backend);
  await tracker.getByLabel('Order number').fill(order.number);
  await tracker.getByLabel('E-mail or postcode').fill(order.email);
  await tracker.getByRole('button', { name: 'Find order' }).click();
  await expect(headline(tracker)).toBeFocused();
  await tracker.evaluate((element) => element.setAttribute('theme', 'dark'));
  await expect(tracker.locator('.root')).toHaveAttribute('data-theme', 'dark');
  await tracker.evaluate((element) => element.setAttribute('heading-level', '3'));
  await expect(tracker.getByRole('heading', { level: 3 }).first()).toHaveText(/.+/);
  await expect(headline(tracker)).toBeVisible();
  await deliver(backend, trackerUpdated(order.trackingNumber));
  await expect(headline(tracker)).toHaveText(/^(Delivered|Left)/, AT_ONCE);
});

test('the tracking number is copied, and that is said', async ({ page, context, shop, backend }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  await tracker.getByRole('button', { name: 'Copy: Tracking number' }).click();
  await expect(spoken(tracker)).toHaveText('Tracking number copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(order.trackingNumber);
});

test('a number that cannot be copied is selected', async ({ page, shop, backend }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  await tracker.getByRole('button', { name: 'Copy: Tracking number' }).click();
  await expect(spoken(tracker)).toHaveText('Copying did not work. The number is selected');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(order.trackingNumber);
});

async function openLookup(page: Page, shop: Shop, backend: Backend) {
  const html = `<!doctype html><html lang="en"><title>Order</title><doorstep-tracker api="${backend.api}"></doorstep-tracker>
    <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  return page.locator('doorstep-tracker');
}

/** Makes the widget request the order again, so that any change would be visible afterwards. */
async function askAgain(page: Page, backend: Backend, order: string): Promise<void> {
  const answered = page.waitForResponse(`${backend.api}/v1/orders/${order}`);
  await page.evaluate(() => (document.querySelector('doorstep-tracker') as unknown as { refresh(): void }).refresh());
  await (await answered).finished();
}

/** Records each new text of the live region. */
async function noteWhatIsSpoken(page: Page): Promise<void> {
  await page.evaluate(() => {
    const region = document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector('[role=status].spoken');
    const said: string[] = [];
    Object.assign(window, { said });
    if (region) new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
}

const whatWasSpoken = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said);
