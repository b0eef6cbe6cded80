import { renderToString } from 'vue/server-renderer';
import type { Access } from './access';
import { page } from './page';

export function render(access: Access): Promise<string> {
  return renderToString(page(access));
}
