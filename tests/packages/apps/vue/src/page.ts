import { doorstep } from 'doorstep-tracker/vue';
import { type App, createSSRApp } from 'vue';
import type { Access } from './access';
import Registered from './Registered.vue';

/** Returns the page as it is made on the server and in the browser. */
export function page(access: Access): App {
  return createSSRApp(Registered, { ...access }).use(doorstep);
}
