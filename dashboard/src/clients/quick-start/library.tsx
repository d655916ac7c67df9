import { Fragment } from 'react';

/** The name of a library, which a narrow tile breaks after one of its dots rather than anywhere. */
export function LibraryName({ name }: { name: string }) {
  return name.split(/(?<=\.)/).map((part, at) => (
    <Fragment key={part}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
