// Changes to a delivery that is still to come, from the button to the card of the case, by keyboard.

import { expect, test } from './support/fixtures';
import { delayed, documentOf, missed, underWay } from './support/parcels';
import { Shopper } from './support/shopper';


test('after a missed delivery another day is three decisions away', async ({ page, shop, backend }) => {
  const order = await missed(backend);
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('Choose another delivery day');
  const question = shopper.dialog.getByRole('group', { name: 'When should it come?' });
  await shopper.isStopped('Book this slot', question.getByRole('radio').first(), question, 'Choose one of these.');
  await shopper.chooses(/17:00–20:00/);
  await shopper.sends('Book this slot', /^Choose another delivery day · In progress/);
  test.info().annotations.push({ type: 'decisions', description: `missed delivery: ${shopper.decisions.join(' → ')}` });
  expect(shopper.decisions.length).toBeLessThanOrEqual(4);
  expect((await documentOf(backend, order)).cases).toHaveLength(1);
});

test('an address is corrected, looked at once more and changed', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  await shopper.enters('Correct the address');
  const street = shopper.dialog.getByRole('textbox', { name: 'Street and number' });
  await shopper.isStopped('Check before sending', street, street, 'Fill this in.');
  await shopper.types('Street and number', '14 Exmouth Market');
  await shopper.types('Flat, floor, company', 'Flat 3');
  await shopper.types('Postcode', 'EC1R 4QE');
  await shopper.types('Town', 'London');
  await shopper.goesOn('Check before sending');
  await expect(shopper.dialog.getByRole('definition').last()).toHaveText('14 Exmouth Market, Flat 3, EC1R 4QE, London');
  await shopper.sends('Change the address', /^Correct the address · In progress/);
});

test('a postcode that the shop refuses is corrected where it stands', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  await shopper.enters('Correct the address');
  await shopper.types('Street and number', '14 Exmouth Market');
  await shopper.types('Postcode', 'EC1R/4QE');
  await shopper.types('Town', 'London');
  await shopper.goesOn('Check before sending');
  await shopper.press(shopper.button('Change the address'));
  const postcode = shopper.dialog.getByRole('textbox', { name: 'Postcode' });
  await expect(postcode).toHaveAccessibleDescription('The shop could not accept this. Please check it.');
  await expect(postcode).toBeFocused();
  await expect(shopper.dialog.getByRole('alert')).toHaveText(/^This could not be accepted/);
  await expect(shopper.dialog.getByRole('textbox', { name: 'Street and number' })).toHaveValue('14 Exmouth Market');
  await shopper.types('Postcode', 'EC1R 4QE');
  await expect(postcode).not.toHaveAccessibleDescription(/could not/);
  await shopper.goesOn('Check before sending');
  await shopper.sends('Change the address', /^Correct the address/);
});

test('a note for the driver is passed on', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  await shopper.enters('Add a note for the driver');
  const note = shopper.dialog.getByRole('textbox');
  await shopper.isStopped('Pass it on to the carrier', note, note, 'Fill this in.');
  await shopper.types('What should the driver know?', 'The bell is broken, please knock.');
  await shopper.sends('Pass it on to the carrier', /^Add a note for the driver · In progress/);
});

test('a neighbour whom the shopper names may take it in', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  await shopper.enters('Leave it with a neighbour');
  await shopper.types('The neighbour’s name', 'Nour Haddad');
  const house = shopper.dialog.getByRole('textbox', { name: 'House or flat number' });
  await shopper.isStopped('Pass it on to the carrier', house, house, 'Fill this in.');
  await shopper.types('House or flat number', '16');
  await shopper.sends('Pass it on to the carrier', /^Leave it with a neighbour/);
});

test('a safe place is chosen, and another place is described', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  await shopper.enters('Leave it in a safe place');
  const question = shopper.dialog.getByRole('group', { name: 'Which place?' });
  await shopper.isStopped('Pass it on to the carrier', question.getByRole('radio').first(), question, 'Choose one of these.');
  await shopper.chooses('Another place');
  const note = shopper.dialog.getByRole('textbox', { name: 'How to find it' });
  await shopper.isStopped('Pass it on to the carrier', note, note, 'Fill this in.');
  await shopper.types('How to find it', 'Behind the green gate');
  await shopper.sends('Pass it on to the carrier', /^Leave it in a safe place/);
});

test('a parcel is sent to a pickup point near the address', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  await shopper.enters('Send it to a pickup point');
  const question = shopper.dialog.getByRole('group', { name: 'Where would you like to collect it?' });
  await expect(question.getByRole('radio').first()).toHaveAccessibleName(/Exmouth News · 250 m/);
  await shopper.isStopped('Send it there', question.getByRole('radio').first(), question, 'Choose one of these.');
  await shopper.chooses(/Lockers at Angel station/);
  await shopper.sends('Send it there', /^Send it to a pickup point/);
});

test('some of what has not left is cancelled after a last look', async ({ page, shop, backend }) => {
  const order = await delayed(backend);
  const shopper = await Shopper.opens(page, shop, backend, order);
  await shopper.enters('Cancel items');
  const question = shopper.dialog.getByRole('group', { name: 'What should we cancel?' });
  await shopper.isStopped('Check before sending', question.getByRole('checkbox').first(), question, 'Choose at least one item.');
  await shopper.ticks(/Enamel mug/);
  await shopper.picks('How many', '2');
  await shopper.goesOn('Check before sending');
  await expect(shopper.dialog.getByRole('term')).toHaveText(['Enamel mug']);
  await expect(shopper.dialog.getByRole('definition')).toHaveText(['2 ×']);
  await shopper.sends('Cancel these items', /^Cancel items/);
  const { actions } = await documentOf(backend, order);
  expect(actions.find((action) => action.kind === 'cancel')?.lines).toEqual([
    expect.objectContaining({ line_id: 'l1', quantity: 1 }),
    expect.objectContaining({ line_id: 'l2', quantity: 1 }),
  ]);
});

test('a later date is agreed to in two decisions, and cancelling is offered beside it', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await delayed(backend));
  await shopper.enters('Decide about the delay');
  await expect(shopper.dialog.getByText(/^It leaves later than we promised: /)).toBeVisible();
  await expect(shopper.button('Cancel instead')).toBeVisible();
  await shopper.sends('Agree to the later date', /^Decide about the delay · Done/);
  expect(shopper.decisions).toHaveLength(2);
});

test('whoever would rather cancel than wait gets there from the question about the delay', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await delayed(backend));
  shopper.looks = false;
  await shopper.enters('Decide about the delay');
  await shopper.press(shopper.button('Cancel instead'));
  await shopper.stepIs('Cancel items');
});
