// Returns and withdrawal from the contract, from the page to the documents that the shopper keeps, by keyboard.

import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { arrived, documentOf, inGermany } from './support/parcels';
import { photo } from './support/photos';
import { Shopper } from './support/shopper';


const priced = {
  lines: [
    { id: 'l1', title: 'Rain jacket', variant: 'M, blue', quantity: 1, unit_price: { minor: 8900, currency: 'GBP' } },
    { id: 'l2', title: 'Enamel mug', quantity: 3, unit_price: { minor: 1400, currency: 'GBP' } },
  ],
  shipments: [
    {
      carrier: { code: 'usps', name: 'USPS' },
      tracking_number: 'EZRETURN',
      lines: [{ line_id: 'l1', quantity: 1 }, { line_id: 'l2', quantity: 3 }],
    },
  ],
};

const readable = async (download: Download) => readFile(await download.path());

/** Returns the file that is saved after a press on a button. */
async function handedOver(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: await readable(download) };
}

/** Returns the number of dark modules of the code that is shown. */
const modules = (shopper: Shopper) =>
  shopper.dialog.getByRole('img', { name: 'Code for the counter' }).locator('path').evaluate((path) => (path.getAttribute('d') ?? '').split('M').length - 1);

test('a return is started, estimated before anything is certain, and its code is there at once', async ({ page, shop, backend }) => {
  const order = await arrived(backend, 3, priced);
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('Return something');
  const lines = shopper.dialog.getByRole('group', { name: 'What would you like to send back?' });
  await shopper.isStopped('Continue', lines.getByRole('checkbox').first(), lines, 'Choose at least one item.');
  await shopper.ticks(/Rain jacket/);
  await shopper.isStopped('Continue', lines.getByRole('combobox', { name: 'Why' }), lines, 'Give a reason for each item that you chose.');
  await shopper.picks('Why', 'Not as described');
  await shopper.goesOn();
  await shopper.chooses(/My money back/);
  await shopper.goesOn();
  const ways = shopper.dialog.getByRole('group', { name: 'How would you like to send it back?' });
  await expect(shopper.dialog.getByRole('definition').last()).toHaveText('£89.00');
  await shopper.isStopped('Start the return', ways.getByRole('radio').first(), ways, 'Choose one of these.');
  await shopper.chooses(/without a printer/);
  const reference = await shopper.sends('Start the return', /^Return something/);

  await shopper.press(shopper.tracker.getByRole('button', { name: 'Show the return label' }));
  await shopper.stepIs('Your return label');
  expect(await modules(shopper)).toBeGreaterThan(100);
  await expect(shopper.dialog.getByText('Nothing has to be printed.')).toBeVisible();
  const label = await handedOver(page, () => shopper.press(shopper.button('Save the code as a picture')));
  expect(label.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(label.name).toMatch(/\.png$/);
  const { returns, cases } = await documentOf(backend, order);
  expect(returns).toHaveLength(1);
  expect(cases.map((known) => known.reference)).toEqual([reference]);
});

test('a label to print comes as a PDF', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend, 3, priced));
  shopper.looks = false;
  await shopper.enters('Return something');
  await shopper.ticks(/Rain jacket/);
  await shopper.picks('Why', 'Too small');
  await shopper.goesOn();
  await shopper.chooses(/My money back/);
  await shopper.goesOn();
  await shopper.chooses(/with a printed label/);
  await shopper.sends('Start the return', /^Return something/);
  await shopper.press(shopper.tracker.getByRole('button', { name: 'Show the return label' }));
  const label = await handedOver(page, () => shopper.press(shopper.button('Save the label to print')));
  expect(label.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(label.name).toMatch(/\.pdf$/);
});

test('a return for a fault asks for a photo of it', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend, 3, priced));
  await shopper.enters('Return something');
  await shopper.ticks(/Enamel mug/);
  await shopper.picks('Why', 'It does not work');
  await shopper.goesOn();
  await shopper.chooses(/Exchange it/);
  const picker = shopper.dialog.getByLabel('Add a photo');
  await shopper.isStopped('Continue', picker, picker, 'Add at least one photo.');
  await shopper.adds(await photo(page));
  await expect(shopper.dialog.getByText('Added', { exact: true })).toBeVisible();
  await shopper.goesOn();
  await shopper.chooses(/without a printer/);
  await shopper.sends('Start the return', /^Return something/);
});

test('a contract is withdrawn from in two steps, and the acknowledgement says what, when and under which reference', async ({ page, shop, backend }) => {
  const order = await arrived(backend, 3, inGermany);
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('Withdraw from contract here');
  const name = shopper.dialog.getByRole('textbox', { name: 'Your name' });
  await shopper.isStopped('Continue', name, name, 'Fill this in.');
  await shopper.types('Your name', 'Ruth Marlowe');
  await shopper.types('Your e-mail address', 'ruth@mail');
  const mail = shopper.dialog.getByRole('textbox', { name: 'Your e-mail address' });
  await shopper.isStopped('Continue', mail, mail, 'This needs an e-mail address such as name@example.com.');
  await shopper.types('Your e-mail address', 'ruth@mail.example');
  await shopper.goesOn();
  await expect(shopper.dialog.getByRole('definition')).toHaveText([order.number, '1 ×', 'Ruth Marlowe', 'ruth@mail.example']);
  await shopper.press(shopper.button('Confirm withdrawal'));
  await shopper.stepIs('We have it');
  const { name: file, bytes } = await handedOver(page, () => shopper.press(shopper.button('Save the acknowledgement')));
  const text = bytes.toString();
  const [filed] = (await documentOf(backend, order)).cases;
  expect(file).toMatch(/\.txt$/);
  for (const wanted of [order.number, filed?.reference ?? '?', 'Ruth Marlowe', 'Rain jacket']) expect(text).toContain(wanted);
  expect(text).toContain(String(new Date().getUTCFullYear()));
  expect(text, 'with the time of day').toMatch(/\d{2}:\d{2}/);

  await page.keyboard.press('Escape');
  await expect(shopper.tracker.getByRole('button', { name: 'Save the acknowledgement' }), 'on the card as well').toBeVisible();
});

test('everything that a withdrawal is about is chosen from the start, and may be narrowed', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend, 3, { ...inGermany, ...priced }));
  shopper.looks = false;
  await shopper.enters('Withdraw from contract here');
  for (const box of await shopper.dialog.getByRole('checkbox').all()) await expect(box).toBeChecked();
  await expect(shopper.dialog.getByRole('combobox', { name: 'How many' })).toHaveValue('3');
  await shopper.reach(shopper.dialog.getByRole('checkbox', { name: /Rain jacket/ }));
  await page.keyboard.press('Space');
  await shopper.types('Your name', 'Ruth Marlowe');
  await shopper.types('Your e-mail address', 'ruth@mail.example');
  await shopper.goesOn();
  await expect(shopper.dialog.getByRole('term').nth(1)).toHaveText('Enamel mug');
  await expect(shopper.dialog.getByRole('term')).not.toContainText(['Rain jacket']);
});
