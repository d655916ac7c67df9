/** Two texts side by side in one column: what went and what came, in a chunk of its own. */
import { javascript } from '@codemirror/lang-javascript';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { look } from './look.ts';

export type Diff = { destroy: () => void };

export function openDiff(parent: HTMLElement, before: string, after: string, label: string, dark: boolean): Diff {
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
      look(dark),
    ],
  });
  return { destroy: () => view.destroy() };
}

export { heightOf } from './look.ts';
