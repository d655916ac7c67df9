/** Two texts side by side in one column: what went and what came, in a chunk of its own. */
import { javascript } from '@codemirror/lang-javascript';
import { unifiedMergeView } from '@codemirror/merge';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { look } from './look.ts';

export type Diff = {
  /** Draws it for the other colour scheme, in place: measured anew, its lines would stand elsewhere for a moment. */
  setDark: (dark: boolean) => void;
  destroy: () => void;
};

export function openDiff(parent: HTMLElement, before: string, after: string, label: string, dark: boolean): Diff {
  const colours = new Compartment();
  const view = new EditorView({
    parent,
    doc: after,
    extensions: [
      lineNumbers(),
      javascript(),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      unifiedMergeView({
        original: before,
        mergeControls: false,
        gutter: true,
        collapseUnchanged: { margin: 3, minSize: 6 },
      }),
      colours.of(look(dark)),
    ],
  });
  return {
    setDark: (next) => view.dispatch({ effects: colours.reconfigure(look(next)) }),
    destroy: () => view.destroy(),
  };
}

export { heightOf } from './look.ts';
