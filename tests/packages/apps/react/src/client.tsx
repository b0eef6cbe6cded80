import { hydrateRoot } from 'react-dom/client';
import { access } from './access';
import { OrderPage } from './OrderPage';

const root = document.getElementById('app');
if (root) hydrateRoot(root, <OrderPage {...await access()} />);
