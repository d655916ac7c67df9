import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * Gives the focus to the content when another screen has taken the place of the last, as a new page would: the link
 * that led there is gone or stays behind in the menu. Tabs of one thing keep it where it is.
 */
export function useScreenFocus(id: string): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation }) => {
        if (!fromLocation || screenOf(fromLocation.pathname) === screenOf(toLocation.pathname)) return;
        const content = document.getElementById(id);
        // A screen may have chosen a field of its own.
        if (content && !content.contains(document.activeElement)) content.focus({ preventScroll: true });
      }),
    [router, id],
  );
}

/** The list, or the thing of it, that an address is about; what follows are tabs. */
function screenOf(pathname: string): string {
  return pathname.split('/').slice(0, 3).join('/');
}
