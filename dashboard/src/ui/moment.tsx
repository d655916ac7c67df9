import { Text, type TextProps } from '@mantine/core';
import { ago } from './time.ts';

const FULL = { dateStyle: 'medium', timeStyle: 'medium' } as const;

/** A moment (ISO 8601) to the second, as the reader's language writes it. */
export function fullDate(moment: string): string {
  return new Date(moment).toLocaleString(undefined, FULL);
}

/** How long ago something was; the moment itself shows on hover. */
export function Ago({ at, ...props }: { at: string } & TextProps) {
  return (
    <Text component="time" dateTime={at} title={fullDate(at)} {...props}>
      {ago(at)}
    </Text>
  );
}
