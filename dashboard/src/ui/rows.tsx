/**
 * A list of things that open when clicked: one row each, with a line under every row but the last.
 */
import type { ReactNode } from 'react';
import classes from './rows.module.css';

export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

/**
 * One row. The link among its children that carries `rowLink` as its class is stretched over the row; other controls
 * stay above it when they carry `rowControl`.
 */
export function Row({ children }: { children: ReactNode }) {
  return <li className={classes.row}>{children}</li>;
}

export const rowsList = classes.rows;
export const rowItem = classes.row;
export const rowLink = classes.link;
export const rowControl = classes.control;
