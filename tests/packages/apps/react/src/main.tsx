import { StrictMode, useReducer, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Access, access } from './access';
import { OrderPage } from './OrderPage';

function App({ api, order, token: initial }: Access) {
  const [isOpen, setOpen] = useState(true);
  const [token, setToken] = useState(initial);
  const [, renderAgain] = useReducer((renderings: number) => renderings + 1, 0);
  return (
    <StrictMode>
      <button type="button" onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Close' : 'Open'}
      </button>
      <button type="button" onClick={() => setToken(null)}>
        Sign out
      </button>
      <button type="button" onClick={renderAgain}>
        Render again
      </button>
      {isOpen && <OrderPage api={api} order={order} token={token} />}
    </StrictMode>
  );
}

const root = document.getElementById('app');
if (root) createRoot(root).render(<App {...await access()} />);
