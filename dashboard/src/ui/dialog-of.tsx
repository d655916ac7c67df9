import { Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';

/** A dialog around a form, which is mounted when the dialog opens and so starts empty each time. */
export function dialogOf<Props extends { onClose: () => void }>(
  title: string,
  Form: (props: Props) => ReactNode,
  { size }: Pick<ModalProps, 'size'> = {},
) {
  return function Dialog({ opened, ...rest }: Props & { opened: boolean }) {
    // Without `opened`, they are the form's.
    const props = rest as unknown as Props;
    return (
      <Modal opened={opened} onClose={props.onClose} title={title} size={size}>
        <Form {...props} />
      </Modal>
    );
  };
}
