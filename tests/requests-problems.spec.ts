// Reports of parcels that are missing, damaged, wrong or incomplete, from the page to the card of the case, by keyboard; and contact with a person.

import { expect, test } from './support/fixtures';
import { arrived, documentOf, twoLines, underWay, unpaid } from './support/parcels';
import { photo } from './support/photos';
import { Shopper } from './support/shopper';

const noted = (about: string, { decisions }: Shopper) => {
  test.info().annotations.push({ type: 'decisions', description: `${about}: ${decisions.join(' → ')}` });
  expect(decisions.length, decisions.join(' → ')).toBeLessThanOrEqual(4);
};

test('a parcel that says delivered and is not there is reported in four decisions', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('I did not receive it');
  await expect(shopper.dialog.getByRole('region', { name: 'What we know' })).toContainText(/Delivered/);
  await shopper.goesOn();
  const question = shopper.dialog.getByRole('group', { name: 'What would you like?' });
  await shopper.isStopped('Report it missing', question.getByRole('radio').first(), question, 'Choose one of these.');
  await shopper.chooses(/The same again/);
  await shopper.sends('Report it missing', /^I did not receive it · Waiting for the carrier/);
  noted('delivered but not received', shopper);
  expect((await documentOf(backend, order)).cases).toHaveLength(1);
});

test('where one has looked already, and that only some is missing, goes along', async ({ page, shop, backend }) => {
  const order = await arrived(backend, 3, twoLines);
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('I did not receive it');
  await shopper.ticks('Asked the neighbours');
  await shopper.chooses('Only some of it');
  const lines = shopper.dialog.getByRole('group', { name: 'What is missing?' });
  await shopper.isStopped('Continue', lines.getByRole('checkbox').first(), lines, 'Choose at least one item.');
  await shopper.ticks(/Enamel mug/);
  await shopper.goesOn();
  await shopper.press(shopper.button('Back'));
  await expect(shopper.dialog.getByRole('checkbox', { name: 'Asked the neighbours' })).toBeChecked();
  await expect(shopper.dialog.getByRole('checkbox', { name: /Enamel mug/ })).toBeChecked();
  await shopper.goesOn();
  await shopper.chooses(/My money back/);
  await shopper.sends('Report it missing', /^I did not receive it/);
});

test('something damaged is reported with a photo in four decisions', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend));
  await shopper.enters('Something is damaged');
  const picker = shopper.dialog.getByLabel('Add a photo');
  await shopper.isStopped('Send the report', picker, picker, 'Add at least one photo.');
  await shopper.adds(await photo(page));
  await expect(shopper.dialog.getByText('Added', { exact: true })).toBeVisible();
  await shopper.chooses(/The same again/);
  await shopper.sends('Send the report', /^Something is damaged · Received/);
  noted('damaged parcel', shopper);
});

test('the wrong item is reported, with the outcome that is wanted', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend));
  await shopper.enters('I got the wrong item');
  const question = shopper.dialog.getByRole('group', { name: 'What would you like?' });
  await shopper.isStopped('Send the report', question.getByRole('radio').first(), question, 'Choose one of these.');
  await shopper.chooses(/My money back/);
  await shopper.types(/What you got instead/, 'A green one');
  await shopper.sends('Send the report', /^I got the wrong item · Received/);
  noted('wrong item', shopper);
});

test('an item that is missing from the parcel is reported', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend, 3, twoLines));
  await shopper.enters('Something is missing');
  const lines = shopper.dialog.getByRole('group', { name: 'What is missing?' });
  await shopper.isStopped('Continue', lines.getByRole('checkbox').first(), lines, 'Choose at least one item.');
  await shopper.ticks(/Enamel mug/);
  await shopper.picks('How many', '3');
  await shopper.goesOn();
  await shopper.chooses(/The same again/);
  await shopper.sends('Send the report', /^Something is missing · Received/);
});

test('a refund that did not arrive is asked for in two decisions', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await unpaid(backend));
  await shopper.enters('Where is my refund?');
  await expect(shopper.dialog.getByRole('term')).toHaveText('£68.00');
  await shopper.sends('Ask where it is', /^Where is my refund\? · In progress/);
  noted('a refund that is late', shopper);
});

test('a person is reached with the whole story, and an answer that cannot reach the shopper is noticed', async ({ page, shop, backend }) => {
  const order = await underWay(backend, 'in_transit', { support: [{ kind: 'phone', label: 'Call us', url: 'tel:+442079460018', hours: 'Mon–Fri 9–17' }] });
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('Talk to a person');
  await expect(shopper.dialog.getByRole('link', { name: 'Call us' })).toHaveAttribute('href', 'tel:+442079460018');
  const note = shopper.dialog.getByRole('textbox', { name: 'What can we do for you?' });
  await shopper.isStopped('Send', note, note, 'Fill this in.');
  await shopper.types('What can we do for you?', 'May I come and collect it myself?');
  await shopper.types('Where can we reach you?', 'call me');
  const reach = shopper.dialog.getByRole('textbox', { name: 'Where can we reach you?' });
  await shopper.isStopped('Send', reach, reach, 'This needs an e-mail address or a telephone number.');
  await shopper.types('Where can we reach you?', 'r.marlowe@mail.example');
  await shopper.sends('Send', /^Talk to a person · Received/);
});
