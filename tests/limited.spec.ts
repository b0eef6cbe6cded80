// An order of which a part is shown, because only its postcode was given: the widget states what is hidden, and the e-mail address reveals it.

import type { Page } from '@playwright/test';
import { findings } from './support/axe';
import { expect, order as sample, shown, test } from './support/fixtures';
import { headline } from './support/orders';
import type { Network, Shop } from './support/servers';
import type { StandIn } from './support/stand-in';

/** Returns the order as a read-only token receives it; `full` returns all of it. */
const limited = () => Object.assign(sample('ord_1'), { access: 'limited', actions: [{ kind: 'contact', state: 'available' }] });
const full = () => {
  const made = Object.assign(limited(), { access: 'full', destination: { lines: ['12 Mill Lane', 'London N1'] } });
  Object.assign(made.shipments[0] as object, { stage: 'delivered', delivered: { to: 'neighbour', detail: 'No. 14' } });
  return made;
};

const shut = { status: 403, body: { status: 403, code: 'act-not-allowed' } };

/** Opens an order whose backend shows all of it after a look-up by e-mail address. */
async function openLimited(page: Page, shop: Shop, network: Network, standIn: StandIn): Promise<void> {
  standIn.answer = ({ path, headers }) => {
    if (path === '/v1/lookup') return { body: { order_id: 'ord_1', token: 'all', expires_at: '2999-01-01T00:00:00Z' } };
    if (path.endsWith('/requests')) return shut;
    return { body: headers['authorization'] === 'Bearer all' ? full() : limited() };
  };
  await page.goto(shop.add({
    html: `<!doctype html><html lang="en"><title>Your order</title><main><h1>Your order</h1>
      <doorstep-tracker api="${standIn.origin}" order="ord_1" token="part" lang="en-GB"></doorstep-tracker></main>
      <script src="${network.origin}/embed/v1/doorstep.js"></script>`,
  }));
  await shown(page);
}

test('what is hidden is said, and the e-mail address shows it', async ({ page, shop, network, standIn }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLimited(page, shop, network, standIn);
  const notice = page.locator('doorstep-tracker [part~=notice]');
  for (const what of ['Delivery details', 'messages', 'codes', 'photos', 'labels', 'e-mail address']) await expect(notice).toContainText(what);
  expect(await findings(page), 'the notice').toEqual([]);
  await notice.getByRole('button', { name: 'Show all details' }).click();
  await expect(page.getByLabel('Order number')).toHaveValue('1042');
  const email = page.getByLabel('E-mail address of the order');
  await expect(email).toBeFocused();
  expect(await findings(page), 'the form').toEqual([]);
  // A look-up by postcode reveals only a part of the order, so the form asks for the e-mail address.
  await email.fill('N1 9GU');
  await email.press('Enter');
  await expect(page.getByText('Enter the e-mail address of the order')).toBeVisible();
  await expect(email).toHaveValue('N1 9GU');
  await email.fill('r.marlowe@mail.example');
  await email.press('Enter');
  await expect(headline(page)).toHaveText('Left with a neighbour');
  await expect(page.getByText('12 Mill Lane')).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test('who does not know the address goes back to what may be seen', async ({ page, shop, network, standIn }) => {
  await openLimited(page, shop, network, standIn);
  await page.getByRole('button', { name: 'Show all details' }).click();
  await page.getByRole('button', { name: 'Back to the order' }).click();
  await expect(headline(page)).toBeVisible();
  await expect(page.locator('doorstep-tracker [part~=notice]')).toBeVisible();
});

test('what was typed into a dialog is in it again after the look-up that it led to', async ({ page, shop, network, standIn }) => {
  await openLimited(page, shop, network, standIn);
  await page.getByText('Help with your order').click();
  await page.getByRole('button', { name: 'Talk to a person' }).click();
  const note = page.getByRole('dialog').getByRole('textbox').first();
  await note.fill('It rains on my parcel');
  const contact = page.getByRole('dialog').getByRole('textbox').nth(1);
  await contact.fill('r.marlowe@mail.example');
  await page.getByRole('dialog').getByRole('button', { name: /^(Send|Continue|Check)/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Look the order up with my e-mail address' }).click();
  await page.getByLabel('E-mail address of the order').fill('r.marlowe@mail.example');
  await page.getByRole('button', { name: 'Show all details' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(note).toHaveValue('It rains on my parcel');
  await expect(contact).toHaveValue('r.marlowe@mail.example');
  await expect(page.getByText('This link only shows the order')).toHaveCount(0);
});
