import { renderToString } from 'react-dom/server';
import type { Access } from './access';
import { OrderPage } from './OrderPage';

export async function render(access: Access): Promise<string> {
  return renderToString(<OrderPage {...access} />);
}
