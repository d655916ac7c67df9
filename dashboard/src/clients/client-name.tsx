/** The name of a client that is about to be made. */
import { DialogText, type DialogTextProps } from '../ui/dialog-text.tsx';
import { nameProblem } from './settings/checks.ts';

/** What is proposed, as the classic product did. */
export const DEFAULT_NAME = 'My App';

type ClientNameProps = Omit<DialogTextProps, 'id' | 'label' | 'problem'> & { value: string };

export function ClientName({ value, ...input }: ClientNameProps) {
  return (
    <DialogText
      {...input}
      id="name"
      label="Name"
      description="Shown in this dashboard and, where people are asked for consent, to them."
      required
      withAsterisk={false}
      maxLength={300}
      value={value}
      problem={nameProblem(value)}
    />
  );
}
