// A page whose component gets its props from a test, again and again.

import { DoorstepTracker, type DoorstepTrackerProps } from 'doorstep-tracker/react';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

declare global {
  interface Window {
    show(props: DoorstepTrackerProps): void;
  }
}

const container = document.getElementById('app');
if (container) {
  const root = createRoot(container);
  const page = (props: DoorstepTrackerProps) => (
    <StrictMode>
      <DoorstepTracker {...props} />
    </StrictMode>
  );
  window.show = (props) => flushSync(() => root.render(page(props)));
}
