import { DoorstepTracker, type DoorstepTrackerElement } from 'doorstep-tracker/react';
import { useRef, useState } from 'react';
import { type Access, access } from './access';

export function OrderPage({ api, order, token }: Access) {
  const tracker = useRef<DoorstepTrackerElement>(null);
  const [parcels, setParcels] = useState<number>();
  return (
    <main>
      <DoorstepTracker
        ref={tracker}
        api={api}
        order={order}
        token={token}
        tokenProvider={token === null ? null : async () => (await access()).token}
        headingLevel={2}
        onReady={(event) => setParcels(event.detail.parcels)}
      />
      <p role="status">{parcels === undefined ? 'Loading' : `Parcels: ${parcels}`}</p>
      {parcels !== undefined && (
        <button type="button" onClick={() => tracker.current?.refresh()}>
          Refresh
        </button>
      )}
    </main>
  );
}
