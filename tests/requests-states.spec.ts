// Actions that are not available now: the page gives the reason, the time at which they become available, and alternatives. Entered data is not lost.

import { readFile } from 'node:fs/promises';
import { expect, test } from './support/fixtures';
import { headline } from './support/orders';
import { arrived, documentOf, happens, inGermany, owned, underWay, ask } from './support/parcels';
import { Shopper } from './support/shopper';


test('what becomes possible later says when, and puts a reminder for that moment into the calendar', async ({ page, shop, backend }) => {
  const order = await arrived(backend, 0.1, {}, 'recipient');
  const from = (await documentOf(backend, order)).actions.find((action) => action.kind === 'report_non_receipt')?.from;
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('I did not receive it');
  await expect(shopper.dialog.getByText(/^It becomes possible /)).toBeVisible();
  await expect(shopper.dialog.getByText(/costs you no right/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    shopper.press(shopper.button('Save a calendar reminder')),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.ics$/);
  const calendar = await readFile(await download.path(), 'utf8');
  const stamp = new Date(from ?? '').toISOString().replace(/[-:]|\.\d+/g, '');
  expect(calendar).toContain(`\r\nDTSTART:${stamp}\r\n`);
  expect(calendar).toContain(order.number);
});

test('what can only be asked later for another reason does not talk about scans', async ({ page, shop, backend }) => {
  const order = await owned(backend, { shipments: [], unshipped: [{ line_id: 'l1', quantity: 1 }], lines: [{ id: 'l1', title: 'Mug', quantity: 1, unit_price: { minor: 900, currency: 'GBP' } }] });
  await ask(backend, order, { kind: 'cancel', lines: [{ line_id: 'l1', quantity: 1 }] });
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('Where is my refund?');
  await expect(shopper.dialog.getByText(/^It becomes possible /)).toBeVisible();
  await expect(shopper.dialog.getByText(/scanned/)).toHaveCount(0);
  await expect(shopper.dialog.getByRole('term'), 'what is known of it').toHaveText('£9.00');
});

test('an amount is the minor units of its currency, whatever the browser displays, and no decimal is rounded away', async ({ page, shop, backend }) => {
  for (const [minor, currency, written] of [
    [1_299_000, 'HUF', /^HUF\s12,990(\.00)?$/],
    [1_299_050, 'HUF', /^HUF\s12,990\.50$/],
    [8_113, 'EUR', /^€81\.13$/],
    [2_500, 'EUR', /^€25\.00$/],
    [1_299, 'JPY', /^(JP)?¥1,299$/],
    [1_299_000, 'IQD', /^IQD\s1,299(\.000)?$/],
    [1_299_005, 'IQD', /^IQD\s1,299\.005$/],
    [1_299, 'ISK', /^ISK\s1,299$/],
  ] as const) {
    const order = await owned(backend, { shipments: [], unshipped: [{ line_id: 'l1', quantity: 1 }], lines: [{ id: 'l1', title: 'Mug', quantity: 1, total: { minor, currency } }] });
    await ask(backend, order, { kind: 'cancel', lines: [{ line_id: 'l1', quantity: 1 }] });
    const shopper = await Shopper.opens(page, shop, backend, order);
    await shopper.enters('Where is my refund?');
    await expect(shopper.dialog.getByRole('term'), `${minor} ${currency}`).toHaveText(written);
  }
});

test('what is over says since when, and offers what can still be done', async ({ page, shop, backend }) => {
  const support = [{ kind: 'chat', label: 'Chat with us', url: 'https://help.example/chat', hours: 'Mon–Fri 9–17' }];
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend, 40, { support }));
  await shopper.enters('Something is damaged');
  await expect(shopper.dialog.getByText(/^The time for this ended /)).toBeVisible();
  await expect(shopper.dialog.getByRole('link', { name: 'Chat with us' })).toBeVisible();
  await shopper.press(shopper.button('Talk to a person'));
  await shopper.stepIs('Talk to a person');
});

test('what is not possible at all says why, and leads to what is', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend, 'out_for_delivery'));
  await shopper.enters('Correct the address');
  await expect(shopper.dialog.getByText('It is too late for this: the parcel is about to be delivered.')).toBeVisible();
  await expect(shopper.button('Talk to a person')).toBeVisible();
  await shopper.press(shopper.button('Add a note for the driver'));
  await shopper.stepIs('Add a note for the driver');
});

test('the withdrawal says until when it is possible, and afterwards since when it is not', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend, 20, inGermany));
  await shopper.enters('Withdraw from contract here');
  await expect(shopper.dialog.getByText(/^The time for this ended /)).toBeVisible();
});

test('closing a dialog gives the focus back to what opened it', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  shopper.looks = false;
  await shopper.enters('Leave it with a neighbour');
  const entry = shopper.tracker.getByRole('button', { name: 'Leave it with a neighbour' });
  for (const close of ['Escape', 'the cross', 'the button'] as const) {
    if (close === 'Escape') await page.keyboard.press('Escape');
    else await shopper.press(shopper.dialog.getByRole('button', { name: 'Close' }).nth(close === 'the cross' ? 0 : 1));
    await expect(shopper.dialog).toHaveCount(0);
    await expect(entry, close).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(shopper.heading).toBeFocused();
  }
});

test('a dialog that is closed in the moment in which it opens stays closed', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  shopper.looks = false;
  await shopper.enters('Leave it with a neighbour');
  await page.keyboard.press('Escape');
  await expect(shopper.dialog).toHaveCount(0);
  const opens = shopper.tracker.getByRole('button', { name: 'Leave it with a neighbour' });
  // Both happen within one task, as a fast user or a late response can cause it: the dialog is drawn by then, but not opened yet.
  const closed = await opens.evaluate(async (button: HTMLButtonElement) => {
    button.click();
    for (let turn = 0; turn < 100; turn++) {
      const close = (button.getRootNode() as ShadowRoot).querySelector<HTMLButtonElement>('dialog button');
      if (close) return close.click(), !close.closest('dialog')?.open;
      await Promise.resolve();
    }
    return false;
  });
  expect(closed).toBe(true);
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  expect(await shopper.tracker.evaluate((host) => host.shadowRoot?.querySelector('dialog')?.open)).toBe(false);
  await shopper.enters('Leave it with a neighbour');
});

test('the focus does not leave an open dialog', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  shopper.looks = false;
  await shopper.enters('Leave it with a neighbour');
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab');
    const inside = await shopper.tracker.evaluate((host) => document.activeElement === document.body || host.shadowRoot?.activeElement?.closest('dialog') !== null);
    expect(inside).toBe(true);
  }
});

test('what was filled in survives closing the dialog, and a visit to another one', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  shopper.looks = false;
  await shopper.enters('Correct the address');
  await shopper.types('Street and number', '14 Exmouth Market');
  await shopper.types('Postcode', 'EC1R 4QE');
  await shopper.types('Town', 'London');
  await shopper.goesOn('Check before sending');
  await page.keyboard.press('Escape');
  await shopper.enters('Leave it in a safe place');
  await shopper.chooses('Garage');
  await page.keyboard.press('Escape');
  await shopper.enters('Correct the address');
  await expect(shopper.dialog.getByText('Step 2 of 2')).toBeVisible();
  await expect(shopper.dialog.getByRole('definition').last()).toHaveText('14 Exmouth Market, EC1R 4QE, London');
  await shopper.press(shopper.button('Back'));
  await expect(shopper.dialog.getByRole('textbox', { name: 'Postcode' })).toHaveValue('EC1R 4QE');
  await page.keyboard.press('Escape');
  await shopper.enters('Leave it in a safe place');
  await expect(shopper.dialog.getByRole('radio', { name: 'Garage' })).toBeChecked();
});

test('news about the order leaves an open dialog as it is, with the focus and the words half typed', async ({ page, shop, backend }) => {
  const order = await underWay(backend);
  const shopper = await Shopper.opens(page, shop, backend, order);
  shopper.looks = false;
  await shopper.enters('Leave it with a neighbour');
  await shopper.types('The neighbour’s name', 'Nour Had');
  await happens(backend, order, 'at_local_depot', 1, { text: 'At the depot' });
  await expect(headline(shopper.tracker)).toHaveText(/near you|depot|local/i);
  const field = shopper.dialog.getByRole('textbox', { name: 'The neighbour’s name' });
  await expect(field).toBeFocused();
  await page.keyboard.type('dad');
  await expect(field).toHaveValue('Nour Haddad');
});

test('a form whose action ends while it is open says so and offers what is left', async ({ page, shop, backend }) => {
  const order = await underWay(backend);
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('Leave it with a neighbour');
  await shopper.types('The neighbour’s name', 'Nour Haddad');
  await happens(backend, order, 'out_for_delivery', 1);
  await expect(shopper.dialog.getByText('It is too late for this: the parcel is about to be delivered.')).toBeVisible();
  await expect(shopper.button('Pass it on to the carrier')).toHaveCount(0);
  await expect(shopper.button('Add a note for the driver')).toBeVisible();
  await shopper.look();
});
