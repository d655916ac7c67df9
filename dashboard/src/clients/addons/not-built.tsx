import { NoEffect } from '../../ui/no-effect.tsx';
import { inertReason } from '../settings/fields.ts';

/** What switching an addon on does today, for as long as the server says that it has no effect. */
export function NotBuilt() {
  if (!inertReason('addons')) return null;
  return (
    <NoEffect title="Token production is not built yet">
      Switching an addon on and its settings are kept, shown and validated, and the API answers them. Asking this server
      for the token or assertion of an addon fails until that part is built.
    </NoEffect>
  );
}
