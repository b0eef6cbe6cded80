import type { DoorstepTracker, DoorstepTrackerAttributes } from 'doorstep-tracker';
import type { HTMLAttributes, Key, Ref } from 'react';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'doorstep-tracker': DoorstepTrackerAttributes &
        Omit<HTMLAttributes<DoorstepTracker>, keyof DoorstepTrackerAttributes> & { key?: Key | null; ref?: Ref<DoorstepTracker> };
    }
  }
}
