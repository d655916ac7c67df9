/** How the editor looks: the colours are the theme's, so that it follows light and dark by itself. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const LINE_HEIGHT = 1.65;

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--lk-code-keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], color: 'var(--lk-code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.self, tags.escape], color: 'var(--lk-code-value)' },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], color: 'var(--lk-code-comment)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--lk-code-name)' },
  {
    tag: [tags.definition(tags.variableName), tags.className, tags.tagName, tags.attributeName],
    color: 'var(--lk-code-name)',
  },
]);

/** @param dark which of the library's own two schemes what is not named here is taken from */
export function look(dark: boolean): Extension {
  return [EditorView.theme(RULES, { dark }), syntaxHighlighting(highlight)];
}

const RULES: Parameters<typeof EditorView.theme>[0] = {
  '&': { fontSize: '0.8125rem', color: 'inherit', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    lineHeight: String(LINE_HEIGHT),
    maxHeight: 'var(--rows-max)',
    overflow: 'auto',
  },
  '.cm-content': {
    minHeight: 'var(--rows-min)',
    padding: '0.75rem 0',
    caretColor: 'var(--mantine-color-text)',
  },
  '.cm-line': { padding: '0 0.875rem' },
  '.cm-gutters': {
    color: 'var(--mantine-color-dimmed)',
    backgroundColor: 'var(--lk-code)',
    border: 'none',
    // The line stays where it is while the code is scrolled, and goes down to the end where there is less of that.
    borderRight: '1px solid var(--mantine-color-default-border)',
    alignSelf: 'stretch',
    height: 'auto',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.25rem', padding: '0 0.625rem 0 0.25rem' },
  '.cm-gutter-lint': { width: '0.9rem' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--lk-code-active)' },
  '.cm-activeLineGutter': { color: 'var(--mantine-color-text)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--lk-code-selection)',
  },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--lk-code-match)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--lk-code-selection)', outline: 'none' },
  '&.cm-focused .cm-nonmatchingBracket': { color: 'var(--mantine-color-error)', backgroundColor: 'transparent' },
  '.cm-placeholder': { color: 'var(--mantine-color-placeholder)' },
  '.cm-tooltip': {
    color: 'var(--mantine-color-text)',
    backgroundColor: 'var(--mantine-color-body)',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: 'var(--mantine-radius-md)',
    boxShadow: 'var(--mantine-shadow-md)',
    overflow: 'hidden',
    maxWidth: 'min(32rem, 90vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mantine-font-family-monospace)', maxHeight: '14em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.2rem 0.625rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--mantine-color-text)',
    backgroundColor: 'var(--lk-code-selection)',
  },
  '.cm-completionDetail': { color: 'var(--mantine-color-dimmed)', fontStyle: 'normal' },
  '.cm-completionInfo': { padding: '0.5rem 0.75rem', fontFamily: 'var(--mantine-font-family)' },
  '.cm-diagnostic': { padding: '0.375rem 0.75rem', fontFamily: 'var(--mantine-font-family)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--mantine-color-error)' },
  '.cm-panels': {
    color: 'var(--mantine-color-text)',
    backgroundColor: 'var(--mantine-color-body)',
    borderColor: 'var(--mantine-color-default-border)',
    fontFamily: 'var(--mantine-font-family)',
  },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--mantine-color-default-border)' },
  '.cm-panel.cm-search': { padding: '0.5rem 0.75rem', fontSize: '0.875rem' },
  '.cm-textfield': {
    padding: '0.25rem 0.5rem',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: 'var(--mantine-radius-sm)',
    backgroundColor: 'var(--mantine-color-body)',
  },
  '.cm-button': {
    padding: '0.25rem 0.625rem',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: 'var(--mantine-radius-sm)',
    backgroundColor: 'var(--mantine-color-body)',
    backgroundImage: 'none',
  },
  '.cm-changedLine, .cm-insertedLine, &.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--lk-added)' },
  '.cm-deletedChunk, &.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--lk-removed)' },
  '.cm-deletedChunk': { paddingLeft: '0.875rem' },
  '&.cm-merge-b .cm-changedText, .cm-changedText': { background: 'var(--lk-added-text)' },
  '.cm-deletedChunk .cm-deletedText, &.cm-merge-a .cm-changedText': { background: 'var(--lk-removed-text)' },
};

/** Lines as a length of CSS, with the space above and below them. */
export function heightOf(rows: number): string {
  return `calc(${rows} * ${LINE_HEIGHT} * 0.8125rem + 1.5rem)`;
}
