import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';

/** Says shortly that something was done, in the past tense: "Saved". */
export function notifyDone(message: string): void {
  notifications.show({
    message,
    icon: <IconCheck size={18} />,
    autoClose: 3000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}
