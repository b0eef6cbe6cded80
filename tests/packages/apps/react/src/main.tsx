import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Access, access } from './access';
import { OrderPage } from './OrderPage';

function App(props: Access) {
  const [isOpen, setOpen] = useState(true);
  return (
    <StrictMode>
      <button type="button" onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Close' : 'Open'}
      </button>
      {isOpen && <OrderPage {...props} />}
    </StrictMode>
  );
}

const root = document.getElementById('app');
if (root) createRoot(root).render(<App {...await access()} />);
