import { access } from './access';
import { page } from './page';

page(await access()).mount('#app');
