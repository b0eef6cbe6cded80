// Cases after a self-service request: the card shows the case, asks for missing information, and can be answered and rated.

import { expect, test } from './support/fixtures';
import { arrived, ask, decide, documentOf, type Own } from './support/parcels';
import { Shopper } from './support/shopper';
import type { Backend } from './support/backend';

const asked = (backend: Backend, order: Own) =>
  ask(backend, order, { kind: 'report_missing_item', shipment_id: 's1', outcome: 'refund', lines: [{ line_id: 'l1', quantity: 1 }], note: 'It is not in the box.' });

test('a case that waits for the shopper is answered from its card', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const { id, reference } = await asked(backend, order);
  await decide(backend, order, id, {
    state: 'waiting_for_shopper',
    message: 'Was there a second box inside the first one?',
    next: { what: 'answer', who: 'shopper' },
  });
  const shopper = await Shopper.opens(page, shop, backend, order);
  await expect(shopper.case(reference)).toHaveText('Something is missing · Waiting for you');
  await shopper.press(shopper.tracker.getByRole('button', { name: 'Add something' }));
  await shopper.stepIs('Add to your case');
  const message = shopper.dialog.getByRole('textbox', { name: 'Your message' });
  await shopper.isStopped('Send', message, message, 'Fill this in.');
  await shopper.types('Your message', 'No, there was none.');
  await shopper.press(shopper.button('Send'));
  await shopper.stepIs('Your message is with us');
  await page.keyboard.press('Escape');
  await expect(shopper.case(reference)).toHaveText('Something is missing · In progress');
  await shopper.press(shopper.tracker.locator('summary').filter({ hasText: 'What happened so far' }));
  await expect(shopper.tracker.getByText('No, there was none.')).toBeVisible();
  await expect(shopper.tracker.getByText('Was there a second box inside the first one?')).toBeVisible();
});

test('a case follows the decision of the shop on the open page', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const { id, reference } = await asked(backend, order);
  const shopper = await Shopper.opens(page, shop, backend, order);
  await expect(shopper.case(reference)).toHaveText('Something is missing · Received');
  await decide(backend, order, id, { state: 'declined', message: 'The parcel weighed as much as it should.' });
  await expect(shopper.case(reference)).toHaveText('Something is missing · Declined');
});

test('how it went is asked once a case is over, and once only', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const { id, reference } = await asked(backend, order);
  await decide(backend, order, id, { state: 'resolved', outcome: 'replacement' });
  const shopper = await Shopper.opens(page, shop, backend, order);
  await expect(shopper.case(reference)).toHaveText('Something is missing · Done');
  await shopper.press(shopper.tracker.locator('summary').filter({ hasText: reference }));
  await shopper.press(shopper.tracker.getByRole('button', { name: 'Say how it went' }));
  await shopper.stepIs('How did it go?');
  const question = shopper.dialog.getByRole('group', { name: 'How happy are you with what came of it?' });
  await shopper.isStopped('Send', question.getByRole('radio').first(), question, 'Choose one of these.');
  await shopper.chooses('It was all right');
  await shopper.types(/What should we do better/, 'Write sooner.');
  await shopper.press(shopper.button('Send'));
  await shopper.stepIs('Thank you for telling us');
  await page.keyboard.press('Escape');
  await expect(shopper.tracker.getByRole('button', { name: 'Say how it went' })).toHaveCount(0);
});

test('a file that cannot be fetched is said, and fetched at the next press', async ({ page, shop, backend }) => {
  const order = await arrived(backend, 3, { time_zone: 'Europe/Berlin', destination: { lines: ['Berlin'], country: 'DE' } });
  await ask(backend, order, { kind: 'withdraw', contact: 'ruth@mail.example', answers: { name: 'Ruth Marlowe', confirmed: 'yes' } });
  const [filed] = (await documentOf(backend, order)).cases;
  const shopper = await Shopper.opens(page, shop, backend, order);
  await page.route('**/acknowledgement', (route) => route.abort(), { times: 1 });
  const save = shopper.tracker.getByRole('button', { name: 'Save the acknowledgement' });
  const failed = page.waitForEvent('requestfailed');
  await shopper.press(save);
  await failed;
  await expect(shopper.tracker.getByText('The file could not be fetched. Please try again.').first()).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toMatch(/\.txt$/);
  expect(filed?.kind).toBe('withdraw');
});
